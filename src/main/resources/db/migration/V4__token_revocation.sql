-- Tokens of a user that were issued before this moment, in seconds since 1970, are refused.
alter table users add column tokens_valid_from bigint default 0 not null;
