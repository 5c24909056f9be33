// The two timbres. A voice is a small graph of its own that ends by itself; its gate is apart from its envelope, so that a release, however late it is
// announced, never has to know what the envelope was doing.

/** @typedef {{ start: number, release: (at: number) => void, cut: (at: number) => void, ended: boolean }} Voice */

const frequency = (/** @type {number} */ pitch) => 440 * 2 ** ((pitch - 69) / 12);

/**
 * @param {AudioContext} context @param {AudioNode} out @param {AudioScheduledSourceNode[]} sources @param {AudioNode} sound
 * @param {number} start @param {number} tail seconds the release takes
 * @returns {Voice}
 */
function gated(context, out, sources, sound, start, tail) {
  const gate = new GainNode(context, { gain: 1 });
  sound.connect(gate).connect(out);
  const end = (/** @type {number} */ at, /** @type {number} */ length) => {
    gate.gain.cancelScheduledValues(0);
    gate.gain.setTargetAtTime(0, at, length / 5);
    for (const source of sources) source.stop(at + length * 1.6);
  };
  const voice = {
    start,
    ended: false,
    release: (/** @type {number} */ at) => (at <= start ? voice.cut(context.currentTime) : end(at, tail)),
    cut: (/** @type {number} */ at) => end(at, 0.02),
  };
  sources[0].onended = () => {
    voice.ended = true;
    gate.disconnect();
  };
  for (const source of sources) source.start(start);
  return voice;
}

/** The performer: struck, bright and decaying, an electric piano of two operators. */
export function struck(/** @type {AudioContext} */ context, /** @type {AudioNode} */ out, /** @type {number} */ pitch, /** @type {number} */ velocity, /** @type {number} */ start) {
  const f = frequency(pitch), v = velocity / 127, ring = Math.min(2.2, 0.5 + 180 / f);
  const carrier = new OscillatorNode(context, { frequency: f });
  const modulator = new OscillatorNode(context, { frequency: f * 2 });
  const index = new GainNode(context, { gain: 0 });
  index.gain.setValueAtTime(f * (0.6 + 2.6 * v), start);
  index.gain.setTargetAtTime(f * 0.25, start, ring * 0.25);
  modulator.connect(index).connect(carrier.frequency);
  const envelope = new GainNode(context, { gain: 0 });
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(0.32 * v ** 1.4, start + 0.004);
  envelope.gain.setTargetAtTime(0, start + 0.004, ring);
  carrier.connect(envelope);
  return gated(context, out, [carrier, modulator], envelope, start, 0.14);
}

/** @type {WeakMap<AudioContext, PeriodicWave>} */
const reeds = new WeakMap();

function reed(/** @type {AudioContext} */ context) {
  let wave = reeds.get(context);
  if (!wave) {
    // A cylinder closed at one end: odd partials, with a trace of the even ones.
    const imaginary = Float32Array.of(0, 1, 0.06, 0.5, 0.05, 0.26, 0.05, 0.15, 0.04, 0.08, 0.02, 0.04);
    wave = context.createPeriodicWave(new Float32Array(imaginary.length), imaginary);
    reeds.set(context, wave);
  }
  return wave;
}

/** The partner: blown and sustained, a dark reed with a late vibrato. */
export function blown(/** @type {AudioContext} */ context, /** @type {AudioNode} */ out, /** @type {number} */ pitch, /** @type {number} */ velocity, /** @type {number} */ start) {
  const f = frequency(pitch), v = velocity / 127;
  const pipe = new OscillatorNode(context, { frequency: f, periodicWave: reed(context) });
  const vibrato = new OscillatorNode(context, { frequency: 5.1 });
  const depth = new GainNode(context, { gain: 0 });
  depth.gain.setValueAtTime(0, start + 0.25);
  depth.gain.linearRampToValueAtTime(7, start + 0.7);
  vibrato.connect(depth).connect(pipe.detune);
  const mellow = new BiquadFilterNode(context, { type: 'lowpass', frequency: Math.min(9000, f * (2 + 6 * v) + 300), Q: 0.4 });
  const envelope = new GainNode(context, { gain: 0 });
  const loud = 0.3 * v ** 1.4;
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(loud, start + 0.022);
  envelope.gain.setTargetAtTime(loud * 0.72, start + 0.022, 0.2);
  pipe.connect(mellow).connect(envelope);
  return gated(context, out, [pipe, vibrato], envelope, start, 0.1);
}
