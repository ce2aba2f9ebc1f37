-- When the Party last sent something; of what it corrects now, when it sent what was returned.
alter table obligation add column answered_at timestamp with time zone;
update obligation set answered_at = (
    select max(s.submitted_at) from submission s
    where s.obligation_id = obligation.id and s.seat_code like '%-' || obligation.party_code);

-- Since when an occasion is open; null while it is only locked. The newest of a duty is its present round.
alter table occasion add column opened_at timestamp with time zone;
update occasion set opened_at = (
    select min(o.opened_at) from obligation o where o.duty = occasion.duty and o.occasion = occasion.code);

-- One cell of the matrix; serves what asks for a Party alone as well. The state comes before the moment of ending, as a
-- database takes the many open rows, where that is null, for few.
create index obligation_cell on obligation (party_code, duty, state, deadline_at);
drop index obligation_party;
-- Whose turn it is and by when, counted without reading the rows.
create index obligation_turn on obligation (state, deadline_at, duty);
drop index obligation_due;
-- What happens by itself next; of ended obligations nothing does.
create index obligation_next on obligation (next_at, state);
