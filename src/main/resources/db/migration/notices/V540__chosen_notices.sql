-- somebody let this one go, and not with all that was held: it goes even if a newer one tells more
alter table notice add column chosen boolean default false not null;
