import { BarChartPanel } from "./barchart.js";
import { BarGaugePanel } from "./bargauge.js";
import { CandlestickPanel } from "./candlestick.js";
import { GaugePanel } from "./gauge.js";
import { LogsPanel } from "./logs.js";
import { PiePanel } from "./piechart.js";
import { StatPanel } from "./stat.js";
import { StateTimelinePanel } from "./statetimeline.js";
import { TablePanel } from "./table.js";
import { TextPanel } from "./text.js";
import { TimeSeriesPanel } from "./timeseries.js";

/** Grafana's panel types that can be drawn. A panel has draw(frames, panel, range, annotations), resize(), dispose(). */
export const PANELS = {
  barchart: BarChartPanel,
  bargauge: BarGaugePanel,
  candlestick: CandlestickPanel,
  gauge: GaugePanel,
  logs: LogsPanel,
  piechart: PiePanel,
  stat: StatPanel,
  "state-timeline": StateTimelinePanel,
  table: TablePanel,
  text: TextPanel,
  timeseries: TimeSeriesPanel,
};
