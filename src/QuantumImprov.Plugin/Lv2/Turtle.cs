using System.Globalization;
using System.Text;
using QuantumImprov.Plugin.Parameters;

namespace QuantumImprov.Plugin.Lv2;

/// <summary>What LV2 hosts read before they load the library: two files, written from the table of parameters.</summary>
internal static class Turtle
{
    /// <summary>The plugin's name among all plugins; never another.</summary>
    internal const string Uri = "urn:quantumimprov:plugin";

    /// <summary>The file that says which plugins are where.</summary>
    internal static string Manifest(string library) => $"""
        @prefix lv2: <http://lv2plug.in/ns/lv2core#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

        <{Uri}> a lv2:Plugin ; lv2:binary <{library}> ; rdfs:seeAlso <quantumimprov.ttl> .

        """;

    /// <summary>The file that describes the plugin.</summary>
    internal static string Plugin(string version)
    {
        var text = new StringBuilder(Head(version));
        foreach (var group in ParameterTable.All.Select(p => p.Group).Distinct())
            text.Append(CultureInfo.InvariantCulture, $"<{GroupUri(group)}> a pg:Group ; lv2:symbol \"{group.ToLowerInvariant()}\" ; lv2:name \"{group}\" .\n");
        text.Append(CultureInfo.InvariantCulture, $"\n<{Uri}>\n  lv2:port [\n{Ports()}");
        for (var i = 0; i < ParameterTable.All.Length; i++) Append(text, ParameterTable.All[i], Lv2Instance.FirstParameter + i);
        return text.Append("  ] .\n").ToString();
    }

    private static string Head(string version)
    {
        var parts = version.Split('.');
        return $"""
            @prefix atom: <http://lv2plug.in/ns/ext/atom#> .
            @prefix doap: <http://usefulinc.com/ns/doap#> .
            @prefix foaf: <http://xmlns.com/foaf/0.1/> .
            @prefix lv2: <http://lv2plug.in/ns/lv2core#> .
            @prefix midi: <http://lv2plug.in/ns/ext/midi#> .
            @prefix pg: <http://lv2plug.in/ns/ext/port-groups#> .
            @prefix pprops: <http://lv2plug.in/ns/ext/port-props#> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            @prefix rsz: <http://lv2plug.in/ns/ext/resize-port#> .
            @prefix state: <http://lv2plug.in/ns/ext/state#> .
            @prefix time: <http://lv2plug.in/ns/ext/time#> .
            @prefix units: <http://lv2plug.in/ns/extensions/units#> .
            @prefix urid: <http://lv2plug.in/ns/ext/urid#> .

            <{Uri}> a lv2:Plugin , lv2:InstrumentPlugin , doap:Project ;
              doap:name "QuantumImprov" ;
              doap:license <https://spdx.org/licenses/MIT> ;
              doap:maintainer [ foaf:name "QuantumImprov" ] ;
              rdfs:comment "A partner for live musical improvisation: play a phrase and pause; it answers." ;
              lv2:minorVersion {parts[0]} ; lv2:microVersion {parts[1]} ;
              lv2:requiredFeature urid:map ;
              lv2:optionalFeature lv2:hardRTCapable ;
              lv2:extensionData state:interface .


            """;
    }

    private static string Ports() => """
            a lv2:InputPort , atom:AtomPort ; lv2:index 0 ; lv2:symbol "in" ; lv2:name "Notes In" ;
            atom:bufferType atom:Sequence ; atom:supports midi:MidiEvent , time:Position ; lv2:designation lv2:control
          ] , [
            a lv2:OutputPort , atom:AtomPort ; lv2:index 1 ; lv2:symbol "out" ; lv2:name "Improvised Notes" ;
            atom:bufferType atom:Sequence ; atom:supports midi:MidiEvent ; lv2:designation lv2:control ; rsz:minimumSize 8192
          ] , [
            a lv2:OutputPort , lv2:AudioPort ; lv2:index 2 ; lv2:symbol "left" ; lv2:name "Left"
          ] , [
            a lv2:OutputPort , lv2:AudioPort ; lv2:index 3 ; lv2:symbol "right" ; lv2:name "Right"

        """;

    private static void Append(StringBuilder text, Parameter parameter, int port)
    {
        text.Append(CultureInfo.InvariantCulture, $"""
              ] , [
                a lv2:{(parameter.IsMeter ? "OutputPort" : "InputPort")} , lv2:ControlPort ; lv2:index {port} ; lv2:symbol "{parameter.Symbol}" ; lv2:name "{parameter.Name}" ;
                rdfs:comment "{parameter.Help}" ; pg:group <{GroupUri(parameter.Group)}> ;
                lv2:default {Number(parameter.Default)} ; lv2:minimum {Number(parameter.Least)} ; lv2:maximum {Number(parameter.Most)}
            """);
        if (parameter.IsStepped) text.Append(" ;\n    lv2:portProperty lv2:integer");
        if (parameter.Kind is ParameterKind.Switch or ParameterKind.Press) text.Append(" , lv2:toggled");
        if (parameter.Kind == ParameterKind.Press) text.Append(" , pprops:trigger");
        if (parameter.Kind == ParameterKind.Share) text.Append(" ;\n    units:unit units:coef");
        if (!parameter.IsAutomatable && !parameter.IsMeter) text.Append(" , pprops:expensive");
        if (parameter.Kind == ParameterKind.Choice)
        {
            text.Append(" , lv2:enumeration ;\n    lv2:scalePoint ");
            text.AppendJoin(" , ", parameter.Choices.Select((name, value) => $"[ rdfs:label \"{name}\" ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> {value}.0 ]"));
        }

        text.Append('\n');
    }

    private static string GroupUri(string group) => $"{Uri}:{group.ToLowerInvariant()}";

    private static string Number(double value) => value.ToString("0.0###", CultureInfo.InvariantCulture);
}
