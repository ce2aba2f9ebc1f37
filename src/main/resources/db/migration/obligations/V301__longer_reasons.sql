-- reasons have up to 1000 characters; outside the basic plane H2 counts each twice
alter table obligation alter column deadline_reference set data type varchar(2000);
