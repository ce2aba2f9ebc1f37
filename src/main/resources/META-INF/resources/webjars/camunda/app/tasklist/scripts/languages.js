/*
 * On a first visit Tasklist draws its dates before, or in another order than, its languages
 * arrive, and a French or Spanish reader gets "in 15 days". Tasklist waits for this script, and
 * reads its languages first from where this script puts them, so they are there from the start
 * and never older than the server's. If anything here fails, Tasklist loads them its own way.
 */

const locales = window.camTasklistConf.locales;
const folder = document.querySelector('base').getAttribute('app-root') + '/app/tasklist/locales/';
const reader = (navigator.languages && navigator.languages[0] || navigator.language || '')
  .split('-')[0].toLowerCase();
const wanted = [locales.fallbackLocale, reader].filter(function(language, i, all) {
  return locales.availableLocales.includes(language) && all.indexOf(language) === i;
});

const texts = await Promise.all(wanted.map(async function(language) {
  const response = await fetch(folder + language + '.json');
  if (!response.ok) {
    throw new Error('No texts for ' + language + ': ' + response.status);
  }
  return JSON.stringify(await response.json());
}));

const stored = JSON.parse(window.localStorage.getItem('camunda-web') || '{}');
wanted.forEach(function(language, i) {
  stored[folder + '_locales_data_' + language + '_' + window.bust] = texts[i];
});
window.localStorage.setItem('camunda-web', JSON.stringify(stored));
