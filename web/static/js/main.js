// The explorer's door: the page is complete without any of this; here it becomes live.
import { start as startCells } from "./cells.js";
import { start as startCopying } from "./copy.js";
import { start as startGraph } from "./graph.js";
import { start as startKeys } from "./keys.js";
import { start as startListing } from "./listing.js";
import { start as startLive } from "./live.js";
import { start as startMenu } from "./menu.js";
import { refresh } from "./refresh.js";
import { start as startRows } from "./rows.js";
import { start as startRunning } from "./run.js";
import { start as startSelecting } from "./select.js";
import { start as startSharing } from "./share.js";
import { start as startTaking } from "./take.js";

startMenu();
startCells();
startCopying();
startLive();
startKeys();
startGraph();
startListing();
startSelecting();
startRows();
refresh(document);
startSharing();
startTaking();
startRunning();
