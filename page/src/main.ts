/** What the dossier's page does beyond being read. Without scripts it is read as it stands. */

import { evidence } from "./evidence";
import { keys } from "./keys";
import { theme } from "./theme";

keys(evidence());
theme();
