/** The ledger: obligations, their open tasks, submissions, drafts and hash-chained events. */
@ApplicationModule(allowedDependencies = {"database", "register", "duties", "calendar", "documents"})
@NullMarked
package org.sterna.obligations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
