/** What the dossier's page does beyond being read. Without scripts it is read as it stands. */

import { evidence } from "./evidence";
import { figures } from "./figures";
import { keys } from "./keys";
import { origins } from "./origins";
import { theme } from "./theme";
import { timeline } from "./timeline";

keys(evidence());
theme();
figures();
timeline();
origins();
