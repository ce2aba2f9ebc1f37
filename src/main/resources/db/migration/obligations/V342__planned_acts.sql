-- what the reminder clocks do in the next days, without a look at everything that is open
create index obligation_planned on obligation (closed_at, next_at);
