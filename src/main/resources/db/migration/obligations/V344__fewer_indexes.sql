-- What a Party owes by state and deadline: its list in the order shown, and its duties over the years. Both begin with
-- what is asked for, and neither reads the years before.
create index obligation_of_party on obligation (party_code, state, deadline_at);
drop index obligation_party_time;
-- obligation_next begins with the same moment, and of what has ended nothing is planned
drop index obligation_planned;
-- the newest rounds of a duty, without sorting all there were
create index occasion_newest on occasion (duty, opened_at desc, code desc);
-- the first tasks of a seat without reading all it has
create index obligation_task_first on obligation_task (seat_code, done_at, due_at);
drop index obligation_task_seat;
