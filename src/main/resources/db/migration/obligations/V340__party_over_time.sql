-- a Party's duties over the years, without reading the years before
create index obligation_party_time on obligation (party_code, deadline_on);
