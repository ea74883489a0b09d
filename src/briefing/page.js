"use strict";
// What a reader can do beyond reading: sort a table, and read the curve at any window.
// Nothing here is needed to read the page.
{
  const lang = document.documentElement.lang;
  const comma = lang === "nl";

  // The first number of a cell, as the page writes numbers; absent ones come last.
  const number = (text) => {
    const found = text.replace(/\u2212/g, "-").match(/-?[\d.,]*\d/);
    if (!found) return null;
    const plain = comma
      ? found[0].replace(/\./g, "").replace(",", ".")
      : found[0].replace(/,/g, "");
    return Number(plain) + (text.startsWith(">") ? 1e-9 : text.startsWith("<") ? -1e-9 : 0);
  };

  const compare = (numeric) => (a, b) => {
    if (!numeric) return a.localeCompare(b, lang, { numeric: true });
    const [one, other] = [number(a), number(b)];
    if (one === null || other === null) return (one === null) - (other === null);
    return one - other;
  };

  // From the smallest, from the largest, then as it was.
  const turns = { none: "ascending", ascending: "descending", descending: "none" };

  for (const table of document.querySelectorAll("table")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    if (rows.length < 2) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const turn = turns[head.ariaSort ?? "none"];
        for (const other of heads) other.removeAttribute("aria-sort");
        const text = (row) => row.cells[place].textContent.trim();
        const order = compare(head.classList.contains("number"));
        const sorted = turn === "none" ? rows : [...rows].sort((a, b) => order(text(a), text(b)));
        if (turn === "descending") {
          const absent = (row) => head.classList.contains("number") && number(text(row)) === null;
          sorted.reverse().sort((a, b) => absent(a) - absent(b));
        }
        if (turn !== "none") head.setAttribute("aria-sort", turn);
        body.append(...sorted);
      });
    });
  }

  // A slider below the curve, a line in it, and the values beside: by keyboard, by pointer.
  for (const figure of document.querySelectorAll("figure[data-readout]")) {
    const { label, names, windows, start } = JSON.parse(figure.dataset.readout);
    const box = document.createElement("div");
    box.className = "readout";
    const id = `${figure.id}-window`;
    const title = document.createElement("label");
    title.htmlFor = id;
    title.textContent = label;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", id, min: 0, max: windows.length - 1, step: 1 });
    slider.value = start;
    const values = document.createElement("output");
    values.htmlFor = id;
    box.append(title, slider, values);
    figure.querySelector(".drawing").after(box);

    const drawings = [...figure.querySelectorAll("svg[data-plot]")].map((svg) => {
      const [left, right, top, bottom] = svg.dataset.plot.split(" ").map(Number);
      const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      line.setAttribute("class", "pointer");
      line.setAttribute("y1", top);
      line.setAttribute("y2", bottom);
      svg.append(line);
      return { svg, left, right, line };
    });
    const last = Math.log(windows[windows.length - 1].days);
    const show = () => {
      const { days, name, values: shares } = windows[slider.value];
      slider.setAttribute("aria-valuetext", name);
      values.replaceChildren();
      const head = document.createElement("strong");
      head.textContent = name;
      values.append(head);
      names.forEach((channel, place) => {
        const share = document.createElement("span");
        share.textContent = `${channel}: ${shares[place]}`;
        values.append(share);
      });
      for (const { left, right, line } of drawings) {
        const x = left + ((right - left) * Math.log(days)) / last;
        line.setAttribute("x1", x);
        line.setAttribute("x2", x);
      }
    };
    slider.addEventListener("input", show);
    for (const { svg, left, right } of drawings) {
      svg.addEventListener("pointermove", (event) => {
        const box = svg.getBoundingClientRect();
        const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
        const at = Math.exp(((x - left) / (right - left)) * last);
        const distance = (one) => Math.abs(Math.log(one.days / at));
        const nearest = windows.reduce(
          (best, one, place) => (distance(one) < distance(windows[best]) ? place : best),
          0,
        );
        if (x < left - 8 || x > right + 8 || Number(slider.value) === nearest) return;
        slider.value = nearest;
        show();
      });
    }
    show();
  }
}
