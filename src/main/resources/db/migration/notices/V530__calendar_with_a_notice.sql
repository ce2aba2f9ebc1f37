-- the deadline as an iCalendar file, kept as it was sent
alter table notice add column calendar text;
