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
  // what went wrong gets the focus
  var summary = document.querySelector(".error-summary");
  if (summary) { summary.focus(); }
  // a second click does not send a form twice
  document.querySelectorAll("form[method=post]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
    });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
})();
