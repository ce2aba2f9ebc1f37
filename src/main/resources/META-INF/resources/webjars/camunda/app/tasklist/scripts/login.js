/*
 * There is one login, the application's own. Whenever Tasklist turns to its built-in
 * login page (session expired, signed out, bookmark), the browser goes there instead.
 */

const root = document.querySelector('base').getAttribute('app-root');
const loginPage = root.replace(/\/[^/]*$/, '') + '/login';

window.angular.module('cam.tasklist.custom').run(['$rootScope', '$location', function($rootScope, $location) {
  $rootScope.$on('$locationChangeStart', function(event) {
    if ($location.path() === '/login') {
      event.preventDefault();
      window.location.replace(loginPage);
    }
  });
}]);
