-- Of two accounts with one mailbox the older keeps it; the other one is asked anew.
UPDATE people_user u SET email = '' FROM people_user older
WHERE u.email <> '' AND older.email <> ''
  AND (older.created_at, older.id) < (u.created_at, u.id)
  AND lower(regexp_replace(older.email, '\+[^@]*@', '@'))
    = lower(regexp_replace(u.email, '\+[^@]*@', '@'));
