-- The file that an invoice was last loaded from, and by whom; null where it was entered otherwise. A case that opens later
-- has its step completed with it.
alter table contribution add column loaded_from varchar(255);
alter table contribution add column loaded_by varchar(64);
alter table contribution add constraint loaded_as_a_whole check ((loaded_from is null) = (loaded_by is null));
