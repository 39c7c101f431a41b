-- What the service knows about its own life here. One row.

create table service_state (
    id integer primary key check (id = 1),
    -- Whether the first start has made what the operator asked for; never again after that.
    initialized boolean not null
);

-- Metadata that was there before this table has had its first start.
insert into service_state (id, initialized)
values (1, exists (select 1 from users) or exists (select 1 from databases));
