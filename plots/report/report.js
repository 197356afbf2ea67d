// Tables are sorted by the column whose heading is clicked; what may not be told comes last.
"use strict";
(function () {
  function key(cell) {
    var text = cell.textContent.trim().replace(/−/g, "-");
    var number = parseFloat(text.replace(/^[<>≤≥]\s*/, ""));
    if (text === "" || text === "*" || text === "—") return { last: true };
    if (isNaN(number)) return { text: text };
    if (text[0] === "<") number -= 1e-9;
    if (text[0] === ">") number += 1e-9;
    return { number: number };
  }
  function order(a, b) {
    if (a.number !== undefined && b.number !== undefined) return a.number - b.number;
    return (a.text || "").localeCompare(b.text || "", document.documentElement.lang);
  }
  function sort(heading) {
    var table = heading.closest("table"), body = table.tBodies[0];
    var column = heading.cellIndex, down = heading.getAttribute("aria-sort") === "ascending";
    var rows = Array.from(body.rows).map(function (row) {
      return { row: row, key: key(row.cells[column]) };
    });
    rows.sort(function (a, b) {
      if (a.key.last || b.key.last) return (a.key.last ? 1 : 0) - (b.key.last ? 1 : 0);
      return down ? order(b.key, a.key) : order(a.key, b.key);
    });
    Array.from(heading.parentNode.cells).forEach(function (other) {
      other.removeAttribute("aria-sort");
    });
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.forEach(function (entry) { body.appendChild(entry.row); });
  }
  // No button element: Chromium leaves it out of a heading that is repeated on the next page.
  document.querySelectorAll("thead th").forEach(function (heading) {
    var button = document.createElement("span");
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    while (heading.firstChild) button.appendChild(heading.firstChild);
    heading.appendChild(button);
    button.addEventListener("click", function () { sort(heading); });
    button.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sort(heading);
    });
  });
})();
