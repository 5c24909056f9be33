// The stage: wires keys, sound, picture and host together.

import { Actions } from './control/actions.js';
import { Dials } from './control/dials.js';
import { Keys } from './control/keys.js';
import { Learn } from './control/learn.js';
import { Midi } from './control/midi.js';
import { DecisionView } from './decision/view.js';
import { byId, say } from './dom.js';
import { Live } from './link/live.js';
import { Roll } from './score/roll.js';
import { Mixer } from './sound/mixer.js';
import { Sound } from './sound/sound.js';
import { Cables } from './views/cables.js';
import { Concert } from './views/concert.js';
import { Graph } from './views/graph.js';
import { Health } from './views/health.js';
import { Phrases } from './views/phrases.js';
import { Recordings } from './views/recordings.js';
import { Sync } from './views/sync.js';
import { Tabs } from './views/tabs.js';
import { pitchName, Said, showState, turnWords } from './words.js';

const root = document.documentElement;
const sound = new Sound();
const said = new Said();
const mixer = new Mixer(sound);
/** @type {import('./link/live.js').Ask} */
const ask = (type, fields) => live.ask(type, fields);
const decision = new DecisionView(ask);
const roll = new Roll(byId('roll'), number => {
  tabs.show('circuit');
  decision.pick(number);
});
const graph = new Graph();
const health = new Health();
const concert = new Concert();
const recordings = new Recordings(playBack, () => {
  sound.silence();
  roll.cut(performance.now());
});
const tabs = new Tabs(view => {
  decision.show(view === 'circuit' || view === 'phrases');
  graph.show(view === 'phrases');
  health.show(view === 'health');
  if (view === 'recordings') recordings.load();
});
const phrases = new Phrases(ask);
const learn = new Learn(control);
const actions = new Actions(ask);
const sync = new Sync(ask);
const cables = new Cables(ask);
const dials = new Dials(ask, (row, target, words) => learn.add(row, target, words));
const midi = new Midi((data, at) => {
  if (learn.take(data)) return;
  perform('performer', data, at);
  live.play(at, data);
});
let linkWords = 'Looking for the host';
let faultUntil = 0;
/** @type {Record<string, string>} */
const SOUND = {
  on: 'Sound is on',
  roomy: 'Sound is on, some 20 ms later: this machine lost short buffers',
  off: 'Sound starts with your first key or click',
  none: 'This browser has no sound; the host still hears you',
};

/** The newest state of the host that is there. @type {import('./link/live.js').State | null} */
let latest = null;

sound.onchange = (/** @type {string} */ state) => {
  root.dataset.sound = state === 'roomy' ? 'on' : state;
  say('sound', SOUND[state]);
};

/** A bound knob or key moved. @param {string} target @param {number | null} share of its way; null: a key */
function control(target, share) {
  if (target === 'preset') dials.choose(share);
  else if (target !== 'tempo') dials.turn(target.slice('dial:'.length), share ?? 1);
  else if (share == null) dials.tap(performance.now());
  else dials.setTempo(40 + 200 * share);
}

/** Shows and sounds a channel message. @param {'performer' | 'partner'} part @param {number[]} data @param {number} at */
function perform(part, data, at) {
  const [status, pitch, velocity] = data, kind = status & 0xf0;
  if ((status & 0x0f) === 9) return;
  sound.play(part, data, at);
  if (part === 'partner') midi.send(data, at);
  if (kind === 0x90 && velocity > 0) {
    roll.on(part, pitch, velocity, at);
    if (part === 'performer') {
      phrases.on(pitch, at);
      graph.heard(pitch);
    }
    said.add(part, pitch);
    root.dataset.played = '';
  } else if (kind === 0x80 || kind === 0x90) {
    roll.off(part, pitch, at);
    if (part === 'performer') phrases.off(pitch, at);
  } else if (kind === 0xb0 && (pitch === 120 || pitch === 123)) roll.cut(performance.now(), part);
}

/** Shows and sounds a message of a recording: neither learned nor sent anywhere. @param {'performer' | 'partner'} part @param {number[]} data @param {number} at */
function playBack(part, data, at) {
  const [status, pitch, velocity] = data, kind = status & 0xf0;
  sound.play(part, data, at);
  if (kind === 0x90 && velocity > 0) roll.on(part, pitch, velocity, at);
  else if (kind === 0x80 || kind === 0x90) roll.off(part, pitch, at);
}

const live = new Live({
  note({ part, at, data }) {
    if (part === 'partner' && (data[0] & 0xf0) === 0x90 && data[2] > 0) health.came(at - performance.now());
    perform(part, data, at);
  },
  health(message) {
    health.take(message);
    concert.take(message.concert);
  },
  ports: ports => cables.take(ports),
  hello: hello => dials.offer(hello),
  state(state) {
    latest = state;
    show(state);
  },
  decision(d) {
    decision.come(d);
    graph.take(d.candidates, d.laws.shaped);
  },
  qasm: q => decision.copy(q),
  link(connected, words) {
    root.dataset.link = connected ? 'here' : 'away';
    linkWords = words;
    if (!connected) {
      root.dataset.turn = 'idle';
      say('turn', 'Waiting for the host');
      say('plan', 'You can go on playing; it is not heard until the host is back.');
      roll.forget();
      decision.take(0);
      latest = null;
    } else if (latest) show(latest);
    else {
      say('turn', turnWords('idle', ''));
      say('plan', '');
    }
    showLink();
  },
  fault(text) {
    faultUntil = performance.now() + 6000;
    say('link', text);
    setTimeout(showLink, 6100);
  },
  silence() {
    sound.silence();
    midi.silence();
    roll.cut(performance.now());
  },
});

function show(/** @type {import('./link/live.js').State} */ state) {
  showState(state);
  roll.take(state);
  dials.take(state);
  actions.take(state);
  sync.take(state);
  phrases.take(state.phrase);
  phrases.favour(state.favoured ?? []);
  phrases.playWith(state.repertoire ?? 0);
  if (state.turn !== 'listening') graph.breathe();
  decision.take(state.decisions ?? 0);
  linkWords = state.jackClient ? `Connected, JACK client ${state.jackClient}` : 'Connected';
  showLink();
}

function showLink() {
  if (performance.now() > faultUntil) say('link', linkWords);
}

const keys = new Keys(byId('piano'), {
  on(pitch, velocity, at) {
    perform('performer', [0x90, pitch, velocity], at);
    live.play(at, [0x90, pitch, velocity]);
  },
  off(pitch, at) {
    perform('performer', [0x80, pitch, 64], at);
    live.play(at, [0x80, pitch, 64]);
  },
  gesture: () => sound.wake(),
  changed() {
    say('octave', pitchName(keys.base));
    say('velocity', `${keys.velocity}`);
  },
});

function panic() {
  const now = performance.now();
  keys.releaseAll(now);
  sound.silence();
  midi.silence();
  roll.cut(now);
  live.ask('panic');
}

byId('panic').addEventListener('click', panic);
byId('forget').addEventListener('click', () => {
  live.ask('act', { name: 'forget' });
  phrases.forgotten();
});
byId('octave-down').addEventListener('click', () => keys.shift(-1));
byId('octave-up').addEventListener('click', () => keys.shift(1));
byId('softer').addEventListener('click', () => keys.strengthen(-8));
byId('louder').addEventListener('click', () => keys.strengthen(8));
addEventListener('keydown', event => event.key === 'Escape' && !event.repeat && panic());
// For a finger it is the lifting that counts as a gesture.
for (const gesture of ['pointerdown', 'pointerup']) addEventListener(gesture, () => sound.wake());

function frame() {
  const now = performance.now();
  roll.draw(now);
  keys.light(roll.sounding(now));
  mixer.show(now);
  decision.follow(roll.latest(now)?.decision ?? 0, now);
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
