-- What happens by itself next, or should have: the state first, as H2 reads all of a state when the index begins with
-- the moment.
drop index obligation_next;
create index obligation_next on obligation (state, next_at);
