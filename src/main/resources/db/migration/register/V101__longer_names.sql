-- a given and a family name of 100 characters each with a space between; outside the basic plane H2 counts each twice
alter table term_of_office alter column name set data type varchar(500);
alter table account alter column display_name set data type varchar(500);
