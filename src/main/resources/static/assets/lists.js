/* Rows of lists, added and removed on the spot; on the desk the buttons do the same without scripts. */
function rowLists(form, changed) {
  function all(root, selector) { return [].slice.call(root.querySelectorAll(selector)); }
  function rowsOf(list) { return all(list, '[data-row]'); }

  /* names, ids and headings follow the place of the row */
  function number(list) {
    var key = list.dataset.list;
    var rows = rowsOf(list);
    var dotted = new RegExp('\\b' + key + '\\.(?:\\d+|ROW)\\.', 'g');
    var dashed = new RegExp('-' + key + '-(?:\\d+|ROW)-', 'g');
    rows.forEach(function (row, i) {
      all(row, '*').forEach(function (element) {
        ['id', 'name', 'for', 'aria-describedby', 'data-error', 'data-name'].forEach(function (name) {
          var value = element.getAttribute(name);
          if (value) {
            element.setAttribute(name,
              value.replace(dotted, key + '.' + i + '.').replace(dashed, '-' + key + '-' + i + '-'));
          }
        });
      });
      var heading = list.dataset.heading.replace('{0}', i + 1);
      all(row, '[data-row-heading]').forEach(function (place) {
        place.textContent = (place.tagName === 'LEGEND' ? '' : '– ') + heading;
      });
      var remove = row.querySelector('[data-remove]');
      if (remove.type === 'submit') { remove.value = 'remove:' + key + ':' + i; }
    });
    list.querySelector('[data-add]').hidden = rows.length >= Number(list.dataset.most);
  }

  function add(list) {
    var row = document.importNode(list.querySelector('template').content, true).querySelector('[data-row]');
    list.querySelector('[data-rows]').appendChild(row);
    number(list);
    return row;
  }

  function remove(row) {
    var list = row.closest('[data-list]');
    row.parentNode.removeChild(row);
    if (!rowsOf(list).length) { add(list); }
    number(list);
    list.focus();
  }

  function cells(row) {
    var values = {};
    all(row, '[data-cell]').forEach(function (cell) {
      var key = cell.dataset.cell;
      var kind = cell.dataset.kind;
      var ticked = all(cell, 'input:checked').map(function (box) { return box.value; });
      if (kind === 'tick') {
        if (ticked.length) { values[key] = true; }
      } else if (kind === 'checklist') {
        if (ticked.length) { values[key] = ticked; }
      } else {
        var value = kind === 'radio' ? ticked[0]
          : cell.querySelector(kind === 'document' ? '[data-paper]' : 'input, select, textarea').value;
        if (value) { values[key] = value; }
      }
    });
    return values;
  }

  function fill(row, values) {
    all(row, '[data-cell]').forEach(function (cell) {
      var kind = cell.dataset.kind;
      var value = values[cell.dataset.cell];
      if (kind === 'tick') {
        cell.querySelector('input').checked = value === true || value === 'true';
      } else if (kind === 'checklist' || kind === 'radio') {
        all(cell, 'input').forEach(function (box) { box.checked = [].concat(value).indexOf(box.value) >= 0; });
      } else {
        cell.querySelector(kind === 'document' ? '[data-paper]' : 'input, select, textarea').value =
          value === undefined ? '' : value;
        var told = cell.querySelector('output');
        if (told && value) { told.textContent = form.querySelector('[data-upload-url]').dataset.attached; }
      }
    });
  }

  form.addEventListener('click', function (event) {
    var button = event.target.closest('[data-add], [data-remove]');
    if (!button) { return; }
    event.preventDefault();
    if (button.hasAttribute('data-add')) {
      var first = add(button.closest('[data-list]')).querySelector('input:not([type=hidden]), select, textarea');
      if (first) { first.focus(); }
    } else {
      remove(button.closest('[data-row]'));
    }
    changed();
  });

  /* what a browser finds wrong has to be in sight */
  form.addEventListener('invalid', function (event) {
    var row = event.target.closest('details');
    if (row) { row.open = true; }
  }, true);

  return {
    all: all(form, '[data-list]'),
    /* what is in the rows, as one text */
    text: function (list) { return JSON.stringify(rowsOf(list).map(cells)); },
    /* the rows of such a text, instead of those that are there */
    show: function (list, text) {
      var rows;
      try { rows = JSON.parse(text); } catch (notOurs) { return; }
      if (!Array.isArray(rows)) { return; }
      rowsOf(list).forEach(function (row) { row.parentNode.removeChild(row); });
      rows.forEach(function (values) { fill(add(list), values || {}); });
      if (!rows.length) { add(list); }
    }
  };
}

if (typeof camForm === 'undefined' && document.getElementById('duty')) {
  rowLists(document.getElementById('duty'), function () {});
}
