-- Where the Party's seats read the clock; filled from the reference data at the next start, corrected by the Secretariat.
alter table party add column zone varchar(64);
