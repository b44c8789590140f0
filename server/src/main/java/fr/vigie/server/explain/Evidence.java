package fr.vigie.server.explain;

import fr.vigie.server.plant.Instruments.Meter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What can be looked at behind a figure. */
interface Evidence {
  /** Samples of the state signal, and the periods made of them. */
  Evidence STATE =
      links -> {
        List<Opened.Link> samples = links.samples(Optional.of(links.machine().signals().state()));
        return List.of(links.ofSpan("timeline", "/timeline"), samples.get(0));
      };

  /** Samples of the parts signal. */
  Evidence PARTS = links -> links.samples(links.machine().signals().parts());

  /** Samples of the scrap signal. */
  Evidence SCRAP = links -> links.samples(links.machine().signals().scrap());

  /** Stops and micro-stops. */
  Evidence STOPS = links -> List.of(links.ofSpan("stops", "/stops"));

  /** Shifts, breaks and closures. */
  Evidence CALENDAR = links -> List.of(new Opened.Link("calendar", Links.SITE, null));

  /** What the site decided where norms leave a choice. */
  Evidence CONVENTION = links -> List.of(new Opened.Link("convention", Links.SITE, null));

  /** What people wrote down: orders, declarations, reasons. */
  Evidence ENTRIES =
      links ->
          List.of(
              links.always("orders", "/orders"),
              links.always("declarations", "/declarations"),
              links.ofSpan("reasons", "/reasons/history"));

  /** What somebody set for the machine. */
  Evidence DESCRIPTION = links -> List.of(links.always("description", ""));

  /** Samples of the energy meter. */
  Evidence METER = links -> links.samples(links.machine().instruments().meter().map(Meter::signal));

  /** Samples of some signal of the machine. */
  static Evidence samples(String signal) {
    return links -> links.samples(Optional.of(signal));
  }

  /**
   * @throws IOException when the store cannot be read
   */
  List<Opened.Link> in(Links links) throws IOException;
}
