package org.sterna.feeds;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is nothing at that address for the caller; says nothing about whether there is for others. */
@ResponseStatus(HttpStatus.NOT_FOUND)
class NothingHere extends RuntimeException {}
