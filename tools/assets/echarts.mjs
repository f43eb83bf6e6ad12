// The parts of ECharts that <c-chart> draws with.
import { BarChart, LineChart, TreeChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart, LineChart, TreeChart,
  AriaComponent, GridComponent, MarkLineComponent, TooltipComponent,
  CanvasRenderer,
]);

export { init };
