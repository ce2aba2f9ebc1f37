// Small comforts; every page works without them.
(function () {
  "use strict";
  // a box that ticks all others of a name
  document.querySelectorAll("[data-select-all]").forEach(function (label) {
    var all = label.querySelector("input");
    var boxes = Array.prototype.slice.call(
      label.closest("form").querySelectorAll('input[type=checkbox][name="' + label.dataset.selectAll + '"]'));
    function show() {
      var ticked = boxes.filter(function (box) { return box.checked; }).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    all.addEventListener("change", function () {
      boxes.forEach(function (box) { box.checked = all.checked; });
    });
    boxes.forEach(function (box) { box.addEventListener("change", show); });
    label.hidden = false;
    show();
  });
  // on a phone the way through the site is one line, which begins where one is
  var current = document.querySelector("nav.bar [aria-current]");
  var line = current && current.closest("ul");
  if (line && line.scrollWidth > line.clientWidth) {
    line.scrollLeft = current.offsetLeft - line.offsetLeft - (line.clientWidth - current.offsetWidth) / 2;
  }
  // what went wrong gets the focus
  var summary = document.querySelector(".error-summary, .warning-summary[role=alert]");
  if (summary) { summary.focus(); }
  // a part that refreshes by itself waits while somebody reads with the keyboard or marks text in it, and keeps open
  // what was opened
  var opened = {};
  function name(details) { return details.querySelector("summary").textContent.replace(/\s+/g, " ").trim(); }
  document.addEventListener("htmx:beforeSwap", function (event) {
    var part = event.detail.target;
    if (!part || part.id !== "live") { return; }
    var marked = window.getSelection && window.getSelection();
    var marks = marked && !marked.isCollapsed && part.contains(marked.anchorNode);
    if (event.detail.xhr.status !== 200 || marks || part.contains(document.activeElement)) {
      event.detail.shouldSwap = false;
      return;
    }
    opened = {};
    part.querySelectorAll("details").forEach(function (details) { opened[name(details)] = details.open; });
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    document.querySelectorAll("#live details").forEach(function (details) {
      if (name(details) in opened) { details.open = opened[name(details)]; }
    });
  });
  // acts that somebody has opened or stands in stay as they are, with a word that the case went on
  document.addEventListener("htmx:oobBeforeSwap", function (event) {
    var acts = event.detail.target;
    if (!acts || acts.id !== "acts") { return; }
    if (acts.querySelector("details[open]") || acts.contains(document.activeElement)) {
      event.detail.shouldSwap = false;
      acts.querySelector("[data-outdated]").hidden = false;
    }
  });
  // a second click does not send a form twice
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
})();
