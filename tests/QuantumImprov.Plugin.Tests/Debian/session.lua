-- A headless Ardour session: makes it or opens it, plays for some seconds while a second track records what the plugin on the first one answers, saves, and ends.
-- The words in CAPITALS are put in by the test.
AudioEngine:set_backend("JACK", "ardour", "")
local again = "OPENS" == "yes"
local session
if again then session = load_session("FOLDER", "song") else session = create_session("FOLDER", "song", 48000) end
assert(session, "no session")

local function made(name)
  local midi = ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1)
  local list = session:new_midi_track(midi, midi, false, ARDOUR.PluginInfo(), nil, nil, 1, name, ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
  for track in list:iter() do return track end
end

local on = PBD.GroupControlDisposition.NoGroup
local partner, record
if again then
  partner = session:route_by_name("partner"):to_track()
  record = session:route_by_name("record"):to_track()
else
  partner = made("partner")
  record = made("record")
  local plugin = ARDOUR.LuaAPI.new_plugin(session, "51496D70726F765175616E74756D4950", ARDOUR.PluginType.VST3, "")
  assert(not plugin:isnil(), "no plugin")
  partner:add_processor_by_index(plugin, 0, nil, true)
end
partner:monitoring_control():set_value(1, on)
record:rec_enable_control():set_value(1, on)
session:goto_start(false)
session:maybe_enable_record(false)
print("ready")
io.stdout:flush()
sleep(3)
session:request_roll(ARDOUR.TransportRequestSource.TRS_UI)
print("rolling")
io.stdout:flush()
sleep(SECONDS)
session:request_stop(false, false, ARDOUR.TransportRequestSource.TRS_UI)
sleep(1)
session:save_state("")
print("saved")
io.stdout:flush()
close_session()
quit()
