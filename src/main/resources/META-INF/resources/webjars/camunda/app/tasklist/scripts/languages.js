/*
 * On a first visit Tasklist draws its dates before, or in another order than, its language
 * arrives, and a French or Spanish reader gets "in 15 days". Tasklist waits for this script, and
 * reads its language first from where this script puts it, so it is there from the start and
 * never older than the server's. If anything here fails, Tasklist loads it its own way.
 */

const language = window.camTasklistConf.locales.fallbackLocale;
const folder = document.querySelector('base').getAttribute('app-root') + '/app/tasklist/locales/';

const response = await fetch(folder + language + '.json');
if (!response.ok) {
  throw new Error('No texts for ' + language + ': ' + response.status);
}
const texts = JSON.stringify(await response.json());

const stored = JSON.parse(window.localStorage.getItem('camunda-web') || '{}');
stored[folder + '_locales_data_' + language + '_' + window.bust] = texts;
window.localStorage.setItem('camunda-web', JSON.stringify(stored));
