using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack;

internal static unsafe partial class LibJack
{
    private static void Resolve(nint library)
    {
        nint Find(string name) => NativeLibrary.GetExport(library, "jack_" + name);

        ClientOpen = (delegate* unmanaged[Cdecl]<byte*, int, int*, nint>)Find("client_open");
        ClientClose = (delegate* unmanaged[Cdecl]<nint, int>)Find("client_close");
        GetClientName = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("get_client_name");
        Activate = (delegate* unmanaged[Cdecl]<nint, int>)Find("activate");
        IsRealTime = (delegate* unmanaged[Cdecl]<nint, int>)Find("is_realtime");
        GetSampleRate = (delegate* unmanaged[Cdecl]<nint, uint>)Find("get_sample_rate");
        GetBufferSize = (delegate* unmanaged[Cdecl]<nint, uint>)Find("get_buffer_size");
        FrameTime = (delegate* unmanaged[Cdecl]<nint, uint>)Find("frame_time");
        TransportQuery = (delegate* unmanaged[Cdecl]<nint, JackPosition*, int>)Find("transport_query");
        TransportStart = (delegate* unmanaged[Cdecl]<nint, void>)Find("transport_start");
        TransportStop = (delegate* unmanaged[Cdecl]<nint, void>)Find("transport_stop");
        TimeToFrames = (delegate* unmanaged[Cdecl]<nint, ulong, uint>)Find("time_to_frames");

        PortRegister = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, nuint, nuint, nint>)Find("port_register");
        PortByName = (delegate* unmanaged[Cdecl]<nint, byte*, nint>)Find("port_by_name");
        PortById = (delegate* unmanaged[Cdecl]<nint, uint, nint>)Find("port_by_id");
        PortName = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("port_name");
        PortType = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("port_type");
        PortFlags = (delegate* unmanaged[Cdecl]<nint, int>)Find("port_flags");
        PortConnections = (delegate* unmanaged[Cdecl]<nint, nint, byte**>)Find("port_get_all_connections");
        GetPorts = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, nuint, byte**>)Find("get_ports");
        Connect = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, int>)Find("connect");
        Disconnect = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, int>)Find("disconnect");
        Free = (delegate* unmanaged[Cdecl]<void*, void>)Find("free");

        SetProcessCallback = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<uint, nint, int>, nint, int>)Find("set_process_callback");
        SetThreadInitCallback = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, void>, nint, int>)Find("set_thread_init_callback");
        SetXrunCallback = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, int>, nint, int>)Find("set_xrun_callback");
        SetBufferSizeCallback = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<uint, nint, int>, nint, int>)Find("set_buffer_size_callback");
        SetSampleRateCallback = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<uint, nint, int>, nint, int>)Find("set_sample_rate_callback");
        SetPortConnectCallback = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<uint, uint, int, nint, void>, nint, int>)Find("set_port_connect_callback");
        SetPortRegistrationCallback = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<uint, int, nint, void>, nint, int>)Find("set_port_registration_callback");
        OnInfoShutdown = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<int, byte*, nint, void>, nint, void>)Find("on_info_shutdown");

        LastFrameTime = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, uint>)Find("last_frame_time");
        PortGetBuffer = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, uint, void*>)Find("port_get_buffer");
        MidiGetEventCount = (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, uint>)Find("midi_get_event_count");
        MidiEventGet = (delegate* unmanaged[Cdecl, SuppressGCTransition]<MidiEvent*, void*, uint, int>)Find("midi_event_get");
        MidiClearBuffer = (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void>)Find("midi_clear_buffer");
        MidiEventReserve = (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, uint, nuint, byte*>)Find("midi_event_reserve");
        MidiGetLostEventCount = (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, uint>)Find("midi_get_lost_event_count");

        if (NativeLibrary.TryGetExport(library, "jack_acquire_real_time_scheduling", out var acquire)) _acquireRealTime = (delegate* unmanaged[Cdecl]<nuint, int, int>)acquire;
        if (NativeLibrary.TryGetExport(library, "jack_client_real_time_priority", out var priority)) _realTimePriority = (delegate* unmanaged[Cdecl]<nint, int>)priority;
    }
}
