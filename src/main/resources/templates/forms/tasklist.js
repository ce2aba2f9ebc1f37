/* Runs inside Tasklist: fields it does not know (radios, lists of boxes, rows, files), the server's refusals, uploads. */
var form = camForm.formElement[0];
var texts = form.querySelector('[data-upload-url]').dataset;
var uploads = 0;

function all(selector) { return [].slice.call(form.querySelectorAll(selector)); }
function variable(key) { return form.querySelector('[cam-variable-name="' + key + '"]'); }
function control(key) { return document.getElementById('f-' + key.replace(/\./g, '-')); }
function place(key) { return form.querySelector('[data-error="' + key.replace(/[^\w.-]/g, '') + '"]'); }

var lists = rowLists(form, copyRows);
var offered = lists.all.map(function (list) { return list.querySelector('[data-json]').value; });

/* Tasklist sends a list as one text. */
function copyRows() {
  lists.all.forEach(function (list) { list.querySelector('[data-json]').value = lists.text(list); });
}

/* Warnings are shown where errors are, as what to mind. */
function mind(warnings) {
  all('[data-error]').forEach(function (place) {
    place.classList.toggle('warned', Boolean(warnings[place.dataset.error]) && place.dataset.error !== '');
  });
}

function show(errors) {
  mind({});
  var rest = [];
  Object.keys(errors).forEach(function (key) {
    if (!place(key) || /[^\w.-]/.test(key) || !key) {
      rest.push(errors[key]);
    }
  });
  var first = null;
  all('[data-error]').forEach(function (place) {
    var key = place.dataset.error;
    place.textContent = key ? errors[key] || '' : rest.join(' ');
    var field = key && control(key);
    if (field) {
      if (errors[key] && field.tagName !== 'FIELDSET') {
        field.setAttribute('aria-invalid', 'true');
      } else {
        field.removeAttribute('aria-invalid');
      }
      if (errors[key] && !first) { first = field; }
    }
  });
  if (first) { first.focus(); }
}

/* The page's banner repeats the texts in one lump and covers the button that is needed next. */
function dismissBanner(tries) {
  var close = document.querySelectorAll('.notifications .alert-danger .close');
  [].slice.call(close).forEach(function (button) { button.click(); });
  if (!close.length && tries > 0) { setTimeout(function () { dismissBanner(tries - 1); }, 50); }
}

function copyList(list) {
  variable(list.dataset.checklist).value = [].slice.call(list.querySelectorAll('[type=checkbox]:checked'))
    .map(function (box) { return box.value; }).join(',');
}

function upload(input) {
  var box = input.closest('.document');
  var kept = box.querySelector('[data-paper]');
  function tell(text) { box.querySelector('output').textContent = text; }
  var token = form.querySelector('[data-csrf]');
  var body = new FormData();
  var headers = { Accept: 'application/json' };
  body.append('taskId', camForm.taskId);
  body.append('slot', input.dataset.upload);
  body.append('file', input.files[0]);
  headers[token.dataset.csrf] = token.value;
  uploads++;
  tell(texts.uploading);
  fetch(texts.uploadUrl, { method: 'POST', body: body, headers: headers, credentials: 'same-origin' })
    .then(function (response) {
      return response.json().catch(function () { return {}; }).then(function (answer) {
        if (!response.ok || !answer.id) { throw new Error(answer.message || answer.detail || texts.uploadFailed); }
        kept.value = answer.id;
        tell(answer.name);
        copyRows();
        show({});
      });
    })
    .catch(function (error) {
      var wrong = {};
      /* the row may have moved meanwhile */
      wrong[box.querySelector('[data-error]').dataset.error] =
        error instanceof TypeError ? texts.uploadFailed : error.message;
      kept.value = '';
      copyRows();
      input.value = '';
      tell('');
      show(wrong);
    })
    .then(function () { uploads--; });
}

form.addEventListener('change', function (event) {
  var input = event.target;
  var radios = input.closest('[data-radio]');
  if (radios) { variable(radios.dataset.radio).value = input.value; }
  var list = input.closest('[data-checklist]');
  if (list) { copyList(list); }
  if (input.dataset.upload && input.files[0]) { upload(input); }
  copyRows();
});
form.addEventListener('input', copyRows);

/* The session has ended: what was typed goes to the desk, which keeps it and shows it again after the login. */
var typed = false;
form.addEventListener('change', function () { typed = true; });
form.addEventListener('input', function () { typed = true; });
document.addEventListener('sterna:session-ended', function (event) {
  if (!typed || !document.body.contains(form)) { return; }
  event.preventDefault();
  typed = false;
  var sent = document.createElement('form');
  sent.method = 'post';
  sent.enctype = 'multipart/form-data';
  /* the embedding page has another one */
  sent.acceptCharset = 'utf-8';
  sent.action = texts.uploadUrl.replace(/documents$/, 'desk/tasks/') + encodeURIComponent(camForm.taskId);
  function put(name, value) {
    var field = document.createElement('textarea');
    field.name = name;
    field.value = value;
    sent.appendChild(field);
  }
  new FormData(form).forEach(function (value, name) {
    if (typeof value === 'string') { put(name, value); }
  });
  all('[data-paper]').forEach(function (paper) {
    if (paper.value) { put(paper.closest('.document').querySelector('output').dataset.name, paper.value); }
  });
  sent.hidden = true;
  document.body.appendChild(sent);
  sent.submit();
});

camForm.on('variables-applied', function () {
  /* the embedding page clears lists and boxes that have no variable; what the server filled in stands */
  all('select').forEach(function (list) {
    if (list.closest('[data-row]')) { return; }
    [].slice.call(list.options).forEach(function (option) { option.selected = option.defaultSelected; });
  });
  all('[type=checkbox]').forEach(function (box) {
    if (!box.closest('[data-row]')) { box.checked = box.defaultChecked; }
  });
  all('[data-radio]').forEach(function (group) {
    var value = variable(group.dataset.radio).value;
    all('[type=radio]').forEach(function (radio) {
      if (radio.name === group.dataset.radio) { radio.checked = radio.value === value; }
    });
  });
  lists.all.forEach(function (list, i) {
    var kept = list.querySelector('[data-json]').value;
    if (kept && kept !== offered[i]) { lists.show(list, kept); }
  });
  all('[data-checklist]').forEach(function (list) {
    var values = variable(list.dataset.checklist).value.split(',');
    [].slice.call(list.querySelectorAll('[type=checkbox]')).forEach(function (box) {
      box.checked = values.indexOf(box.value) >= 0;
    });
  });
});

camForm.on('submit', function (event) {
  copyRows();
  show({});
  if (uploads) {
    event.submitPrevented = true;
    show({ '': texts.uploadWait });
  } else if (!form.checkValidity()) {
    event.submitPrevented = true;
    form.reportValidity();
  }
});

camForm.on('submit-failed', function () {
  var error = [].concat(arguments[arguments.length - 1])[0];
  var message = (error && error.message || '').replace(/^Cannot submit task form [^:]*: /, '');
  var errors = {};
  var other = [];
  var warnings = {};
  var read = form.querySelector('[data-warnings-read]');
  read.value = '';
  message = message.split('\n').filter(function (line) {
    if (line.slice(0, 3) === '?? ') { read.value = line.slice(3); return false; }
    if (line.slice(0, 2) !== '? ') { return true; }
    var colon = line.indexOf(': ');
    warnings[line.slice(2, colon)] = line.slice(colon + 2);
    return false;
  }).join('\n');
  message.split('\n').forEach(function (line) {
    var colon = line.indexOf(': ');
    if (colon > 0 && place(line.slice(0, colon))) {
      errors[line.slice(0, colon)] = line.slice(colon + 2);
    } else if (line) {
      other.push(line.slice(colon > 0 ? colon + 2 : 0));
    }
  });
  Object.keys(warnings).forEach(function (key) {
    errors[key] = [errors[key], warnings[key]].filter(Boolean).join(' ');
  });
  if (read.value) { other.push(read.dataset.ask); }
  if (other.length) { errors[''] = other.join(' '); }
  show(errors);
  mind(warnings);
  /* the question stands above the fields, out of sight of the button */
  if (read.value) { place('').scrollIntoView(); }
  dismissBanner(40);
});
