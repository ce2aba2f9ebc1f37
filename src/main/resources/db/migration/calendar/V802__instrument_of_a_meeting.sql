-- The Agreement or MOU whose meeting of Parties it is; null for the Convention's own meetings, and where nobody said.
alter table meeting add column instrument varchar(64);
