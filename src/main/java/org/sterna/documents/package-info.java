/** Custody of official papers: content hash, type by content, access by Party. */
@ApplicationModule(allowedDependencies = {"register"})
@NullMarked
package org.sterna.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
