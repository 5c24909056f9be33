// What is said at /live, made from the records of Stage/Protocol as docs/stage.schema.json is; a test keeps it so. The page's comments import it, the page does not load it.

export type FromHost = FromHost.Hello | FromHost.Pong | FromHost.Notes | FromHost.State | FromHost.Health | FromHost.Ports | FromHost.Decision | FromHost.Qasm | FromHost.Resync | FromHost.Fault | FromHost.Told;

export namespace FromHost {
  /** The first message; a page of another protocol reloads itself. */
  interface Hello {
    type: 'hello';
    protocol: number;
    version: string;
    now: number;
    dials: {
      name: 'coherence' | 'phase' | 'novelty' | 'motif' | 'cadence' | 'patience' | 'density' | 'register' | 'loudness' | 'dynamics' | 'swing' | 'quantise' | 'variation' | 'responsiveness' | 'lookahead';
      title: string;
      low: string;
      high: string;
    }[];
    presets: {
      name: string;
      about: string;
    }[];
  }
  /** Answers a ping: its at untouched, when it came, when this left. */
  interface Pong {
    type: 'pong';
    at: number;
    heard: number;
    said: number;
  }
  /** Channel messages, and when each sounds; part 0 is the performer, 1 the partner. */
  interface Notes {
    type: 'notes';
    notes: [part: number, time: number, status: number, data1: number, data2: number][];
  }
  /** The session as it is shown: the first on a connection has all fields, each later one those that have changed. */
  interface State {
    type: 'state';
    turn?: 'idle' | 'listening' | 'answering';
    plan?: string;
    tempo?: number | null;
    tempoKnown?: boolean;
    time?: {
      keeper: 'phrases' | 'stated' | 'tapped' | 'clock' | 'song';
      steady: boolean;
      uneven: number | null;
      follows: number;
      rolls: boolean | null;
    };
    metre?: string;
    beat?: number;
    barLine?: number | null;
    chart?: string[][] | null;
    key?: string | null;
    phrasesHeard?: number;
    notesLearned?: number;
    repertoire?: number;
    preset?: string | null;
    consensus?: number | null;
    jackClient?: string | null;
    way?: 'answer' | 'trade' | 'duet' | 'follow' | 'continue';
    dials?: {
      coherence: number;
      phase: number;
      novelty: number;
      motif: number;
      cadence: number;
      patience: number;
      density: number;
      register: number;
      loudness: number;
      dynamics: number;
      swing: number;
      quantise: number;
      variation: number;
      responsiveness: number;
      lookahead: number;
    };
    muted?: boolean;
    frozen?: boolean;
    takenOver?: boolean;
    phrase?: {
      number: number;
      from: number;
      to: number | null;
      openingTo: number | null;
    } | null;
    answer?: {
      number: number;
      from: number;
      to: number;
      motifTo: number | null;
      motif: 'none' | 'same' | 'transposed' | 'inverted' | 'augmented' | 'rhythmOnly';
      notes: [on: number, off: number, pitch: number, velocity: number, consensus: number | null, origin: string, decision: number][];
    } | null;
    favoured?: number[];
    decisions?: number;
  }
  /** Once a second: how well the machine keeps up and, with a device, how the concert stands. */
  interface Health {
    type: 'health';
    ends: number[];
    health: {
      ports: string;
      trouble: string | null;
      xruns: number | null;
      missedTurns: number | null;
      lostInput: number;
      lateNotes: number;
      controlsThinned: number;
      missedByPages: number;
      flooded: number;
      collections: number[];
      pausedMilliseconds: number;
      heard: number[];
      rounds: number[];
    };
    concert: {
      backend: string;
      notes: number;
      share: number | null;
      bitsANote: number | null;
      shots: number;
      classes: number;
      stocked: number;
      stocks: {
        shots: number;
        rate: number;
      }[];
      jobsSent: number | null;
      openJobs: number | null;
      spent: number | null;
      budget: number | null;
      trouble: string | null;
      last: string;
    } | null;
  }
  /** At the start and after each change: our ports, their cables, and which channels go where. */
  interface Ports {
    type: 'ports';
    says: string;
    ends: {
      name: string;
      port: string;
      others: {
        name: string;
        cable: 'apart' | 'in' | 'awaited';
      }[];
    }[];
    routes: {
      what: string;
      where: string;
    }[];
  }
  /** A decision that was asked for. */
  interface Decision {
    type: 'decision';
    number: number;
    answer: number;
    voice: number;
    chain: string;
    words: string;
    candidates: number[];
    chosen: number;
    redraws: number;
    kept: boolean;
    keptShare: number;
    laws: {
      shaped: number[];
      blend?: number[];
      interfered?: number[];
      coherent?: number[];
      dephased?: number[];
    };
    circuit: {
      qubits: number;
      registers: [name: string, size: number][];
      gates: {
        name: string;
        help: string;
        shape: 'controlled' | 'multiplexed' | 'diagonal' | 'unitary' | 'preparation' | 'measurement' | 'reset' | 'barrier';
        angles: number;
        on: number[];
        by: number[];
        bit?: number;
        when?: string;
      }[];
    };
    consensus?: number;
    coherence?: number;
    members?: {
      name: string;
      weight: number;
      phase: number;
      law: number[];
    }[];
    memory?: {
      levels: number;
      before: number[];
      after: number[];
    };
  }
  /** A decision's circuit as OpenQASM 3. */
  interface Qasm {
    type: 'qasm';
    number: number;
    text: string;
  }
  /** The page was too slow and missed so many notes. */
  interface Resync {
    type: 'resync';
    missed: number;
  }
  /** One sentence on a message that was not understood or dropped. */
  interface Fault {
    type: 'fault';
    text: string;
  }
  /** One sentence on what came of something that was asked for. */
  interface Told {
    type: 'told';
    text: string;
  }
}

export type FromPage = FromPage.Midi | FromPage.Ping | FromPage.Panic | FromPage.Act | FromPage.Learn | FromPage.Dial | FromPage.Tempo | FromPage.Preset | FromPage.Store | FromPage.Recall | FromPage.Cable | FromPage.Transport | FromPage.Decision | FromPage.Qasm;

export namespace FromPage {
  /** A channel message that was played at that time, or now. */
  interface Midi {
    type: 'midi';
    data: [number, number] | [number, number, number];
    at?: number;
  }
  /** What time is it? Any number of milliseconds, which comes back. */
  interface Ping {
    type: 'ping';
    at: number;
  }
  /** Silence everything, everywhere. */
  interface Panic {
    type: 'panic';
  }
  /** Do that, now or at that time; a switch without a value is turned over. */
  interface Act {
    type: 'act';
    name: 'panic' | 'reset' | 'takeover' | 'endcall' | 'mutate' | 'mute' | 'freeze' | 'forget' | 'keep' | 'favour' | 'clear' | 'undo' | 'repertoire' | 'tap' | 'sync' | 'nextpreset' | 'preset';
    value?: number;
    at?: number;
  }
  /** The next control that is moved asks for it from then on; null: none does any more. */
  interface Learn {
    type: 'learn';
    name: 'coherence' | 'phase' | 'novelty' | 'motif' | 'cadence' | 'patience' | 'density' | 'register' | 'loudness' | 'dynamics' | 'swing' | 'quantise' | 'variation' | 'responsiveness' | 'lookahead' | 'tempo' | 'panic' | 'reset' | 'takeover' | 'endcall' | 'mutate' | 'mute' | 'freeze' | 'forget' | 'keep' | 'favour' | 'clear' | 'undo' | 'repertoire' | 'tap' | 'sync' | 'nextpreset' | 'preset' | null;
  }
  /** Turn a dial. */
  interface Dial {
    type: 'dial';
    name: 'coherence' | 'phase' | 'novelty' | 'motif' | 'cadence' | 'patience' | 'density' | 'register' | 'loudness' | 'dynamics' | 'swing' | 'quantise' | 'variation' | 'responsiveness' | 'lookahead';
    value: number;
  }
  /** Play at so many quarters a minute. */
  interface Tempo {
    type: 'tempo';
    value: number;
  }
  /** Play as that preset says. */
  interface Preset {
    type: 'preset';
    name: string;
  }
  /** Keep what is known now. */
  interface Store {
    type: 'store';
  }
  /** Go back to what was kept. */
  interface Recall {
    type: 'recall';
  }
  /** Connect our port with the one of that full name, or part them. */
  interface Cable {
    type: 'cable';
    end: 'in' | 'out' | 'left' | 'right';
    port: string;
    joined: boolean;
  }
  /** Let JACK's transport roll, or stop it. */
  interface Transport {
    type: 'transport';
    rolls: boolean;
  }
  /** Show that decision. */
  interface Decision {
    type: 'decision';
    number: number;
  }
  /** Its circuit as OpenQASM 3. */
  interface Qasm {
    type: 'qasm';
    number: number;
  }
}
