-- Ardour without a screen. Every line of standard input is a chunk of Lua that is done at once; then there is a line "done N VALUE", or "fault N WHY", N being how many lines there were.
local on = PBD.GroupControlDisposition.NoGroup
local request = ARDOUR.TransportRequestSource.TRS_UI

-- Makes a song in a folder that is not there yet, or opens the one in it. While it does, Ardour names its ports from another thread, and libjack's requests are not made for two threads at a time: now and then their bytes get mixed, and the
-- server parts with Ardour.
function song(folder, again)
  AudioEngine:set_backend("JACK", "ardour", "")
  if again then session = load_session(folder, "song") else session = create_session(folder, "song", 48000) end
  sleep(0.3)
  assert(AudioEngine:running(), "parted from JACK")
  assert(session, "no session")
end

function add(name)
  local midi = ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1)
  session:new_midi_track(midi, midi, false, ARDOUR.PluginInfo(), nil, nil, 1, name, ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
end

local function track(name) return session:route_by_name(name):to_track() end

-- A preset is one of those it offers for the plugin; none: as it is new.
function plugin(name, class, preset, type)
  local made = ARDOUR.LuaAPI.new_plugin(session, class, type or ARDOUR.PluginType.VST3, preset or "")
  assert(not made:isnil(), "no plugin")
  track(name):add_processor_by_index(made, 0, nil, true)
end

-- What comes in goes through.
function listen(name) track(name):monitoring_control():set_value(1, on) end

function arm(name, yes) track(name):rec_enable_control():set_value(yes and 1 or 0, on) end

-- Whether the song goes with JACK's transport, or by itself. Bars are counted for JACK either way. What was recorded beside JACK's transport is kept only when the song goes by itself again before it stops.
function share(yes) session:cfg().external_sync = yes end

function roll()
  session:maybe_enable_record(false)
  session:request_roll(request)
end

function stop() session:request_stop(false, false, request) end

function back() session:goto_start(false) end

function save() session:save_state("") end

-- What a track has: one "FIRST PATH;" for each region, the song's frame at which its file begins, and that file.
function regions(name)
  local all = ""
  for region in track(name):playlist():region_list():iter() do
    all = all .. string.format("%d %s;", region:position():samples() - region:start():samples(), region:source(0):to_filesource():path())
  end
  return all
end

print("ready")
io.stdout:flush()
local count = 0
for line in io.lines() do
  count = count + 1
  local chunk, fault = load(line)
  local fine, value = false, fault
  if chunk then fine, value = pcall(chunk) end
  -- Ardour's own errands are done while a script sleeps.
  sleep(0.1)
  print(string.format("%s %d %s", fine and "done" or "fault", count, tostring(value)))
  io.stdout:flush()
end

close_session()
quit()
