-- The instant that the clock is on its way to, day by day; null while it stands.
alter table movable_clock add column heading_for timestamp with time zone;
