/*
 * Settings of the Tasklist. The page is served as ISO-8859-1: keep this file in ASCII
 * and write other characters as escapes.
 */

const words = {
  en: {
    focusFilter: 'moves to the first filter',
    focusList: 'moves to the first task in the list',
    focusForm: 'moves to the first field of the form'
  },
  fr: {
    focusFilter: 'va au premier filtre',
    focusList: 'va \u00e0 la premi\u00e8re t\u00e2che de la liste',
    focusForm: 'va au premier champ du formulaire'
  },
  es: {
    focusFilter: 'va al primer filtro',
    focusList: 'va a la primera tarea de la lista',
    focusForm: 'va al primer campo del formulario'
  }
};

// the language of all other pages, forms and filters; the browser's only if the server does not tell
async function readersLanguage() {
  const root = document.querySelector('base').getAttribute('app-root').replace(/\/[^/]*$/, '');
  try {
    const answer = await fetch(root + '/language', { headers: { Accept: 'text/plain' } });
    if (answer.ok) {
      return (await answer.text()).trim();
    }
  } catch (unreachable) {
    // the browser's then
  }
  return (navigator.language || '').split('-')[0].toLowerCase();
}

const asked = await readersLanguage();
const language = words[asked] ? asked : 'en';
document.documentElement.lang = language;

export default {
  app: {
    name: 'Sterna',
    vendor: 'CMS'
  },

  locales: {
    availableLocales: [language],
    fallbackLocale: language
  },

  customScripts: [
    'scripts/login',
    'scripts/work',
    'scripts/languages'
  ],

  csrfCookieName: 'XSRF-TOKEN',
  disableWelcomeMessage: true,

  shortcuts: {
    focusFilter: {
      key: 'ctrl+shift+f',
      description: words[language].focusFilter
    },
    focusList: {
      key: 'ctrl+alt+l',
      description: words[language].focusList
    },
    focusForm: {
      key: 'ctrl+alt+f',
      description: words[language].focusForm
    }
  }
};
