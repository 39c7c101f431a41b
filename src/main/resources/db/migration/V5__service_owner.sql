-- Grows whenever another service begins to use this metadata; only the latest may change it.
alter table service_state add column owner_epoch bigint default 0 not null;
