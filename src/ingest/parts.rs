//! Lists in several files: whether all parts are there, and as long as announced.
