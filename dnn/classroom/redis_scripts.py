"""What Redis does in one go, in Lua: a script runs to its end before any other command.

A class with code C has the keys of :func:`keys_of`, which all expire when the class ends by itself:

    dnn:class:C            a hash: the class as JSON, its orders as JSON, when they were given (ordered),
                           the hashed key, number, ends, ended
    dnn:class:C:pupils     the pupils' ids in the order in which they came (a sorted set)
    dnn:class:C:names      the pupils' names by id
    dnn:class:C:taken      ids by folded name
    dnn:class:C:numbers    the ids by the number of the last report (a sorted set)
    dnn:class:C:seen, :reached, :reports    by id
    dnn:classes            the codes by when they end (a sorted set)
"""

from __future__ import annotations

CLASSES = "dnn:classes"
OF_PUPILS = ("pupils", "names", "taken", "numbers", "seen", "reached", "reports")


def keys_of(code: str) -> list[str]:
    """Return the keys of a class, in the order in which the scripts use them."""
    return [f"dnn:class:{code}", *(f"dnn:class:{code}:{part}" for part in OF_PUPILS)]


NAMES = """
local class, pupils, names, taken = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local numbers, seen, reached, reports = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local going = redis.call('HGET', class, 'ended') == '0'
local function keep(...)
  for _, key in ipairs({...}) do redis.call('EXPIREAT', key, redis.call('HGET', class, 'ends')) end
end
"""

# keys: CLASSES and the class; arguments: code, now, ends, most classes, class, orders, hashed key
CREATE = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then return 'full' end
if redis.call('EXISTS', KEYS[2]) == 1 then return 'taken' end
redis.call('HSET', KEYS[2], 'class', ARGV[5], 'orders', ARGV[6], 'key', ARGV[7],
  'number', 0, 'ended', 0, 'ends', ARGV[3], 'ordered', ARGV[2])
redis.call('EXPIREAT', KEYS[2], ARGV[3])
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
redis.call('EXPIREAT', KEYS[1], ARGV[3])
return 'created'
"""

# arguments: id, now, most pupils, then each variant of the name folded and as it is written; returns the name
JOIN = f"""{NAMES}
if not going then return {{'gone'}} end
if redis.call('ZCARD', pupils) >= tonumber(ARGV[3]) then return {{'full'}} end
for place = 4, #ARGV, 2 do
  if redis.call('HSETNX', taken, ARGV[place], ARGV[1]) == 1 then
    local number = redis.call('HINCRBY', class, 'number', 1)
    redis.call('ZADD', pupils, number, ARGV[1])
    redis.call('HSET', names, ARGV[1], ARGV[place + 1])
    redis.call('ZADD', numbers, number, ARGV[1])
    redis.call('HSET', seen, ARGV[1], ARGV[2])
    keep(pupils, names, taken, numbers, seen)
    return {{'joined', ARGV[place + 1]}}
  end
end
return {{'full'}}
"""

# arguments: hashed key, id, then each variant of the name folded and as it is written; returns the name
RENAME = f"""{NAMES}
if not going or redis.call('HGET', class, 'key') ~= ARGV[1] then return {{'gone'}} end
if not redis.call('ZSCORE', pupils, ARGV[2]) then return {{'nobody'}} end
local pairs_of = redis.call('HGETALL', taken)
for place = 1, #pairs_of, 2 do
  if pairs_of[place + 1] == ARGV[2] then redis.call('HDEL', taken, pairs_of[place]) end
end
for place = 3, #ARGV, 2 do
  if redis.call('HSETNX', taken, ARGV[place], ARGV[2]) == 1 then
    redis.call('HSET', names, ARGV[2], ARGV[place + 1])
    redis.call('ZADD', numbers, redis.call('HINCRBY', class, 'number', 1), ARGV[2])
    keep(taken)
    return {{'renamed', ARGV[place + 1]}}
  end
end
"""

# arguments: id, folded name
LEAVE = f"""{NAMES}
if redis.call('HGET', taken, ARGV[2]) == ARGV[1] then redis.call('HDEL', taken, ARGV[2]) end
redis.call('ZREM', pupils, ARGV[1])
redis.call('ZREM', numbers, ARGV[1])
for _, key in ipairs({{names, seen, reached, reports}}) do redis.call('HDEL', key, ARGV[1]) end
"""

# arguments: id, now, report, 1 if it meets the goal; returns the name of a pupil who is in the class
PUBLISH = f"""{NAMES}
if not redis.call('ZSCORE', pupils, ARGV[1]) then return false end
redis.call('ZADD', numbers, redis.call('HINCRBY', class, 'number', 1), ARGV[1])
redis.call('HSET', seen, ARGV[1], ARGV[2])
redis.call('HSET', reports, ARGV[1], ARGV[3])
if ARGV[4] == '1' then redis.call('HSETNX', reached, ARGV[1], ARGV[2]) end
keep(reports, reached)
return redis.call('HGET', names, ARGV[1])
"""

# arguments: since; returns the number, all ids and all names, and of those with a later number: ids, numbers, times,
# times of the goal, reports
REPORTS = f"""{NAMES}
local ids = redis.call('ZRANGE', pupils, 0, -1)
if #ids == 0 then return {{redis.call('HGET', class, 'number') or '0', {{}}, {{}}, {{}}, {{}}, {{}}, {{}}, {{}}}} end
local new, at = {{}}, {{}}
local found = redis.call('ZRANGEBYSCORE', numbers, '(' .. ARGV[1], '+inf', 'WITHSCORES')
for place = 1, #found, 2 do new[#new + 1] = found[place]; at[#at + 1] = found[place + 1] end
local function of(key) if #new == 0 then return {{}} end return redis.call('HMGET', key, unpack(new)) end
return {{redis.call('HGET', class, 'number'), ids, redis.call('HMGET', names, unpack(ids)),
  new, at, of(seen), of(reached), of(reports)}}
"""

# arguments: hashed key, the orders before, and after, now
ORDER = f"""{NAMES}
if not going or redis.call('HGET', class, 'key') ~= ARGV[1] then return 'gone' end
if redis.call('HGET', class, 'orders') ~= ARGV[2] then return 'changed' end
redis.call('HSET', class, 'orders', ARGV[3], 'ordered', ARGV[4])
return 'ordered'
"""

# arguments: hashed key; returns 1 if the key is the teacher's
END = f"""{NAMES}
if not going or redis.call('HGET', class, 'key') ~= ARGV[1] then return 0 end
redis.call('HSET', class, 'ended', 1)
redis.call('DEL', pupils, names, taken, numbers, seen, reached, reports)
return 1
"""
