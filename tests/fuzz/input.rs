//! Bytes of the fuzzer as a file, since the crate reads files.

use std::path::PathBuf;
use std::sync::OnceLock;

/// A folder of this process in memory.
pub fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let shared = PathBuf::from("/dev/shm");
        let parent = if shared.is_dir() { shared } else { std::env::temp_dir() };
        let folder = parent.join(format!("dormouse-fuzz-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for inputs");
        folder
    })
}

/// Writes the bytes, and gives the path.
pub fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    std::fs::write(&path, bytes).expect("an input can be written");
    path
}

/// Lets panics pass that the crate itself catches: those of the readers of workbooks.
pub fn pass_caught_panics() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let abort = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !dormouse::error::is_caught() {
                abort(panic);
            }
        }));
    });
}
