-- wrk sends the lines of BENCH_REQUESTS one after the other, from line BENCH_FROM on, and begins again at the end.
-- A line is: method, path, headers ("Name: value", with "|" between them) and body, with tabs between the four.
local lines, made, at = {}, {}, tonumber(os.getenv("BENCH_FROM") or "0")

for line in io.lines(os.getenv("BENCH_REQUESTS")) do
  lines[#lines + 1] = line
end

local function read(line)
  local method, path, names, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
  local headers = { Host = wrk.headers["Host"] }
  for name, value in names:gmatch("([^:|]+): ([^|]*)") do
    headers[name] = value
  end
  return wrk.format(method, path, headers, body ~= "" and body or nil)
end

function request()
  local number = at % #lines + 1
  at = at + 1
  if #lines > 100 then
    return read(lines[number])
  end
  made[number] = made[number] or read(lines[number])
  return made[number]
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    'BENCH {"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.status, e.connect + e.read + e.write + e.timeout
  ))
end
