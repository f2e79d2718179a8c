// Joins the parts of the page. Each module looks after one thing and finds it by data attributes, so that pieces
// of the page can be replaced after a save without wiring them again.
import { startEvidence } from "./evidence.js";
import { startFindings } from "./findings.js";
import { startEditor } from "./editor.js";
import { startForms } from "./forms.js";
import { startDetails } from "./details.js";
import { startMatches } from "./matches.js";
import { startTimeline } from "./timeline.js";
import { startKeys } from "./keys.js";
import { startRefresh } from "./refresh.js";
import { startSheets } from "./sheet.js";

startSheets();
startEvidence();
startFindings();
startEditor();
startForms();
startDetails();
startMatches();
startTimeline();
startKeys();
startRefresh();
document.body.dataset.ready = "true";
