// Put at the end of a report's page by test_page.sh: looks at it as a reader and as a reader with a
// screen reader, and leaves a line for each check in place of the page.
"use strict";
(function () {
  var lines = [], errors = [];
  window.addEventListener("error", function (event) { errors.push(event.message); });

  function check(name, faults) {
    lines.push(faults.length === 0 ? "ok " + name : "not ok " + name + ": " + faults.slice(0, 5).join("; "));
  }
  function all(selector) { return Array.from(document.querySelectorAll(selector)); }

  // --- contrast: WCAG 2.1, 1.4.3 ----------------------------------------------------------------
  function light(colour) {
    var parts = colour.match(/[\d.]+/g).slice(0, 3).map(function (c) {
      c = c / 255;
      return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }
  function ground(element) {
    for (; element; element = element.parentElement) {
      var colour = getComputedStyle(element).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)" && colour !== "transparent") return colour;
    }
    return "rgb(255, 255, 255)";
  }
  function pale(element) {
    var style = getComputedStyle(element), a = light(style.color), b = light(ground(element));
    var size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < (large ? 3 : 4.5);
  }
  function texts() {
    return all("body *:not(script):not(style)").filter(function (element) {
      return Array.from(element.childNodes).some(function (node) {
        return node.nodeType === 3 && node.textContent.trim() !== "";
      });
    });
  }

  // --- sorting ---------------------------------------------------------------------------------------
  function number(text) {
    if (/^[*—]?$/.test(text)) return null;
    return parseFloat(text.replace(/−/g, "-").replace(/^[<>≤≥]\s*/, ""));
  }
  function unsorted(table) {
    var faults = [];
    Array.from(table.tHead.rows[0].cells).forEach(function (heading, column) {
      ["ascending", "descending"].forEach(function (way) {
        var n = table.tBodies[0].rows.length, sign = way === "ascending" ? 1 : -1;
        heading.querySelector('[role="button"]').click();
        var values = Array.from(table.tBodies[0].rows).map(function (row) {
          return number(row.cells[column].textContent.trim());
        });
        var good = heading.getAttribute("aria-sort") === way && values.length === n;
        var known = values.filter(function (v) { return v !== null; });
        if (!known.some(isNaN)) {
          good = good && known.every(function (v, i) { return i === 0 || sign * (v - known[i - 1]) >= 0; });
          good = good && values.slice(0, known.length).indexOf(null) < 0; // marks come last
        }
        if (!good) faults.push(heading.textContent + " " + way + ": " + values.join(" "));
      });
    });
    return faults;
  }

  window.addEventListener("load", function () {
    var levels = all("h1, h2, h3, h4, h5, h6").map(function (h) { return Number(h.tagName[1]); });
    check("lang", document.documentElement.lang ? [] : ["no lang"]);
    check("title", document.title.length > 5 ? [] : [document.title]);
    check("headings", levels.filter(function (level, i) {
      return i === 0 ? level !== 1 : level === 1 || level > levels[i - 1] + 1;
    }));
    check("alt_texts", all("img").filter(function (img) { return img.alt.length < 20; }).map(function (img) {
      return "\"" + img.alt + "\"";
    }));
    check("pictures", all("img").filter(function (img) { return img.naturalWidth === 0; }).map(function (img) { return img.alt; }));
    check("tables", all("table").filter(function (table) {
      return !table.caption || !table.tHead || table.querySelector("thead td") || !table.querySelector("thead th");
    }).map(function (table) { return table.textContent.slice(0, 40); }));
    check("contrast", texts().filter(pale).map(function (element) { return element.textContent.slice(0, 40); }));
    check("ids", all("[id]").filter(function (element) {
      return document.querySelectorAll("#" + CSS.escape(element.id)).length > 1;
    }).map(function (element) { return element.id; }));
    check("links", all("a[href]").filter(function (a) {
      return a.getAttribute("href")[0] !== "#" || !document.getElementById(decodeURIComponent(a.hash.slice(1)));
    }).map(function (a) { return a.getAttribute("href"); }));
    check("sorting", [].concat.apply([], all("table").map(unsorted)));
    check("requests", performance.getEntriesByType("resource").map(function (entry) {
      return entry.name;
    }).filter(function (name) { return !/^data:/.test(name); }));
    check("errors", errors);
    var page = all("table").length + " tables, " + all("img").length + " pictures";
    document.body.textContent = "";
    document.body.appendChild(document.createElement("pre")).textContent = "\n" + page + "\n" + lines.join("\n") + "\n";
  });
})();
