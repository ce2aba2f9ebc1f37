/*
 * There is one login, the application's own. Whenever Tasklist turns to its built-in
 * login page (session expired, signed out, bookmark), the browser goes there instead. A form in
 * which somebody has typed takes the way over: it is sent to be kept, and stands there filled in
 * after the login.
 */

const root = document.querySelector('base').getAttribute('app-root');
const loginPage = root.replace(/\/[^/]*$/, '') + '/login';

window.angular.module('cam.tasklist.custom').run(['$rootScope', '$location', function($rootScope, $location) {
  $rootScope.$on('$locationChangeStart', function(event) {
    if ($location.path() === '/login') {
      event.preventDefault();
      if (document.dispatchEvent(new CustomEvent('sterna:session-ended', { cancelable: true }))) {
        window.location.replace(loginPage);
      }
    }
  });
}]);
