// The stage: wires keys, sound, picture and host together.

import { Keys } from './keys.js';
import { Live } from './live.js';
import { Mixer } from './mixer.js';
import { Roll } from './roll.js';
import { Sound } from './sound.js';
import { pitchName, Said, say, showState, turnWords } from './words.js';

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const root = document.documentElement;
const sound = new Sound();
const said = new Said();
const roll = new Roll(/** @type {HTMLCanvasElement} */ (byId('roll')));
const mixer = new Mixer(sound);
let linkWords = 'Looking for the host';
let faultUntil = 0;
/** The newest state of the host that is there. @type {any} */
let latest = null;

sound.onchange = (/** @type {string} */ state) => {
  root.dataset.sound = state;
  const words = state === 'on' ? 'Sound is on' : state === 'off' ? 'Sound starts with your first key or click' : 'This browser has no sound; the host still hears you';
  say('sound', words);
};

/** Shows and sounds a channel message. @param {'performer' | 'partner'} part @param {number[]} data @param {number} at */
function perform(part, data, at) {
  const [status, pitch, velocity] = data, kind = status & 0xf0;
  if ((status & 0x0f) === 9) return;
  sound.play(part, data, at);
  if (kind === 0x90 && velocity > 0) {
    roll.on(part, pitch, velocity, at);
    said.add(part, pitch);
    root.dataset.played = '';
  } else if (kind === 0x80 || kind === 0x90) roll.off(part, pitch, at);
  else if (kind === 0xb0 && (pitch === 120 || pitch === 123)) roll.cut(performance.now(), part);
}

const live = new Live({
  note: ({ part, at, data }) => perform(part, data, at),
  state(state) {
    latest = state;
    show(state);
  },
  link(connected, words) {
    root.dataset.link = connected ? 'here' : 'away';
    linkWords = words;
    if (!connected) {
      root.dataset.turn = 'idle';
      say('turn', 'Waiting for the host');
      say('plan', 'You can go on playing; it is not heard until the host is back.');
      roll.setGrid({ tempo: null });
      latest = null;
    } else if (latest) show(latest);
    else {
      say('turn', turnWords('idle'));
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
    roll.cut(performance.now());
  },
});

function show(/** @type {any} */ state) {
  showState(state);
  roll.setGrid(state);
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
  roll.cut(now);
  live.panic();
}

byId('panic').addEventListener('click', panic);
byId('forget').addEventListener('click', () => live.forget());
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
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
