// Draws the diagram of a case by bpmn-js and marks its way. The list beside it says the same without scripts.
(function () {
  "use strict";
  if (!window.BpmnJS) { return; }

  var closed = false;

  function draw(place) {
    var failed = document.querySelector("[data-diagram-failed]");
    var words = function (name) { return (place.dataset[name] || "").split(" ").filter(Boolean); };

    function mark(viewer) {
      var canvas = viewer.get("canvas");
      var elements = viewer.get("elementRegistry");
      var overlays = viewer.get("overlays");
      function each(ids, style, sign) {
        ids.forEach(function (id) {
          if (!elements.get(id)) { return; }
          canvas.addMarker(id, style);
          if (sign) {
            var badge = document.createElement("span");
            badge.className = "badge " + style;
            badge.textContent = sign;
            overlays.add(id, { position: { top: -9, left: -9 }, html: badge });
          }
        });
      }
      var here = words("here");
      var stuck = words("stuck");
      each(words("flows"), "walked");
      each(words("done").filter(function (id) { return here.indexOf(id) < 0; }), "walked", "\u2713");
      each(here.filter(function (id) { return stuck.indexOf(id) < 0; }), "standing", "\u25CF");
      each(stuck, "stuck", "!");
      return here.concat(stuck).map(function (id) { return elements.get(id); }).filter(Boolean)[0];
    }

    /** As wide as the page where the words stay readable, else scrolling. */
    function fit(viewer, standing) {
      var canvas = viewer.get("canvas");
      var inner = canvas.viewbox().inner;
      var zoom = Math.max(0.8, Math.min(1, (place.clientWidth - 40) / inner.width));
      var box = place.querySelector(".bjs-container");
      box.style.width = Math.ceil(inner.width * zoom + 40) + "px";
      box.style.height = Math.ceil(inner.height * zoom + 50) + "px";
      // 660 pixels are what a sheet of A4 has between its margins
      box.style.setProperty("--on-paper", Math.min(1, 660 / (inner.width * zoom + 40)).toFixed(3));
      canvas.resized();
      canvas.viewbox({
        x: inner.x - 20 / zoom,
        y: inner.y - 20 / zoom,
        width: (inner.width * zoom + 40) / zoom,
        height: (inner.height * zoom + 50) / zoom
      });
      if (standing) {
        place.scrollLeft = (standing.x - inner.x) * zoom - place.clientWidth / 2;
      }
    }

    /** Below the diagram, which scrolls: its licence asks that the mark of bpmn.io stays in sight. */
    function keepMarkInSight() {
      var logo = place.querySelector(".bjs-powered-by");
      if (logo) { place.insertAdjacentElement("afterend", logo); }
    }

    place.hidden = false;
    var viewer = new window.BpmnJS({ container: place });
    fetch(place.dataset.diagram, { credentials: "same-origin" })
      .then(function (answer) {
        if (!answer.ok) { throw new Error(answer.status); }
        return answer.text();
      })
      .then(function (xml) { return viewer.importXML(xml); })
      .then(function () {
        fit(viewer, mark(viewer));
        keepMarkInSight();
        place.dataset.drawn = "yes";
        // said once is enough for those who see
        if (!closed) {
          document.querySelectorAll("[data-way]").forEach(function (list) { list.open = false; });
          closed = true;
        }
      })
      .catch(function () {
        place.hidden = true;
        failed.hidden = false;
      });
  }

  function drawNew() {
    var place = document.querySelector("[data-diagram]:not([data-drawn])");
    if (place) { draw(place); }
  }
  drawNew();
  // the page refreshes by itself
  document.addEventListener("htmx:afterSettle", drawNew);
})();
