/*
 * Settings of the Tasklist. The page is served as ISO-8859-1: keep this file in ASCII
 * and write other characters as escapes.
 */

const words = {
  en: {
    claimTask: 'claims the selected task',
    focusFilter: 'moves to the first filter',
    focusList: 'moves to the first task in the list',
    focusForm: 'moves to the first field of the form'
  },
  fr: {
    claimTask: 'prend en charge la t\u00e2che s\u00e9lectionn\u00e9e',
    focusFilter: 'va au premier filtre',
    focusList: 'va \u00e0 la premi\u00e8re t\u00e2che de la liste',
    focusForm: 'va au premier champ du formulaire'
  },
  es: {
    claimTask: 'se hace cargo de la tarea seleccionada',
    focusFilter: 'va al primer filtro',
    focusList: 'va a la primera tarea de la lista',
    focusForm: 'va al primer campo del formulario'
  }
};

// the same choice as Tasklist makes for its labels: the browser's first language, else English
const language = (navigator.languages && navigator.languages[0] || navigator.language || '')
  .split('-')[0].toLowerCase();
const descriptions = words[language] || words.en;

export default {
  app: {
    name: 'Sterna',
    vendor: 'CMS'
  },

  locales: {
    availableLocales: ['en', 'fr', 'es'],
    fallbackLocale: 'en'
  },

  customScripts: [
    'scripts/login',
    'scripts/languages'
  ],

  csrfCookieName: 'XSRF-TOKEN',
  disableWelcomeMessage: true,

  shortcuts: {
    claimTask: {
      key: 'ctrl+alt+c',
      description: descriptions.claimTask
    },
    focusFilter: {
      key: 'ctrl+shift+f',
      description: descriptions.focusFilter
    },
    focusList: {
      key: 'ctrl+alt+l',
      description: descriptions.focusList
    },
    focusForm: {
      key: 'ctrl+alt+f',
      description: descriptions.focusForm
    }
  }
};
