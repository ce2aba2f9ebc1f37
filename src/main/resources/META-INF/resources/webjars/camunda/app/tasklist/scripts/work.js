/*
 * Work belongs to seats, not to persons: whoever sees a task may do it, at once. So nobody claims
 * a task here, and none is stuck with somebody who has left. What the server refuses or does not
 * have is not offered either: comments, history, diagram, description.
 */

const notOffered = [
  'task-action-comment',
  'task-detail-description',
  'task-detail-diagram',
  'task-detail-history',
  'create-task-action',
  'start-process-action'
];

// Tasklist unlocks the form for the task's assignee; here for everybody who has the task open
function unlocked(data) {
  const provide = data.provide;
  const newChild = data.newChild;
  data.provide = function(name, producer) {
    return provide.call(data, name, name === 'isAssignee' ? ['task', task => Boolean(task && task.id)] : producer);
  };
  data.newChild = function(scope) {
    return unlocked(newChild.call(data, scope));
  };
  return data;
}

window.angular.module('cam.tasklist.custom').config(['$provide', function($provide) {
  $provide.decorator('dataDepend', ['$delegate', function(dataDepend) {
    const create = dataDepend.create;
    dataDepend.create = function(scope) {
      return unlocked(create.call(dataDepend, scope));
    };
    return dataDepend;
  }]);

  $provide.decorator('Views', ['$delegate', function(views) {
    const getProviders = views.getProviders;
    views.getProviders = function(wanted) {
      return getProviders.call(views, wanted).filter(view => !notOffered.includes(view.id));
    };
    return views;
  }]);
}]);
