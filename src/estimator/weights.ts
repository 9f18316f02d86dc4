/** Written by `npm run fit`; do not edit. Single weights mean little: they make up for one another. */
import type { Margin } from './margin.ts';

export interface Weights {
  /** Units by feature, in the order of `featureNames` of `engine/featureNames.ts`. */
  readonly perFeature: readonly number[];
  readonly margin: Margin;
}

export type WeightsName =
  | 'claude-3'
  | 'claude-4.7'
  | 'gemma-3'
  | 'llama-3'
  | 'qwen-3'
  | 'deepseek-3'
  | 'tekken'
  | 'open'
  | 'any';

export const weights: Readonly<Record<WeightsName, Weights>> = {
  'claude-3': {
    margin: { familiarShare: 0.077, unfamiliarShare: 0.145, strangeShare: 0.978, chanceShare: 0.531 },
    perFeature: [
      987, 1664, 1598, 1394, 1345, 26, -114, -115, 14, 154, -1084, 1223, 125, -7, 483, 103, 765, -165, 396,
      1232, 1449, 287, 71, 788, 450, 680, 94, 673, 1040, 2909, 1273, 1162, 1055, 294, 153, 312, 405, 1243,
      -661, 1342, 18, 157, 175, 1206, 868, 380, 230, 48, 5,
    ],
  },
  'claude-4.7': {
    margin: { familiarShare: 0.07, unfamiliarShare: 0.121, strangeShare: 0.846, chanceShare: 0.646 },
    perFeature: [
      730, 2156, 1839, 1940, 1406, 87, -94, 35, 63, 281, -695, 854, 364, 78, 276, 242, 252, 190, 498, 1473,
      1815, 243, 103, 809, 477, 566, 34, 625, 1000, 2806, 1243, 1184, 1046, -18, 371, 605, 301, 1111, -344,
      1145, 200, 297, 211, 1246, 833, 348, 330, 32, -143,
    ],
  },
  'gemma-3': {
    margin: { familiarShare: 0.06, unfamiliarShare: 0.173, strangeShare: 0.173, chanceShare: 0.347 },
    perFeature: [
      894, 1148, 1241, 1239, 1210, 38, -20, -51, -34, -31, -285, 1027, 13, 21, 746, -9, 83, -45, 280, 849,
      807, 518, -33, 174, -11, 44, -10, 63, -16, 903, 1093, 1955, 2894, 210, 120, -151, 116, 4, 14, 807, 99,
      16, 35, 589, 687, -285, 1124, 22, -267,
    ],
  },
  'llama-3': {
    margin: { familiarShare: 0.041, unfamiliarShare: 0.156, strangeShare: 1, chanceShare: 0.28 },
    perFeature: [
      1052, 1303, 1486, 1277, 1046, -10, -67, -97, -28, 65, -559, 1192, 84, 69, -240, -6, 238, -111, 326,
      1225, -191, 621, 1099, 357, 200, 361, 154, 403, 549, 993, 1001, 1001, 1024, 47, -9, -38, -122, 52, -15,
      1051, -35, -105, 53, 1286, -69, 697, 325, -4, 44,
    ],
  },
  'qwen-3': {
    margin: { familiarShare: 0.028, unfamiliarShare: 0.196, strangeShare: 0.378, chanceShare: 0.332 },
    perFeature: [
      977, 1235, 1370, 1417, 1192, 4, -46, -79, -67, 34, -297, 1095, 71, 78, -224, 1, 118, -80, 382, 1242,
      2082, 943, -208, -280, -163, -597, -229, -300, 352, 1386, 1078, 2063, 3079, -40, -162, -437, -189, -74,
      87, 920, 34, -12, 153, 604, 11, 705, 280, -5, 19,
    ],
  },
  'deepseek-3': {
    margin: { familiarShare: 0.041, unfamiliarShare: 0.187, strangeShare: 0.222, chanceShare: 0.295 },
    perFeature: [
      859, 1028, 1067, 1321, 1226, 30, 11, -22, -28, 76, 83, 898, 48, 1, 149, 21, 121, -14, 381, 1492, 1211,
      842, -26, -221, -25, -184, -100, -35, 32, 1071, 1069, 988, 1024, -52, -114, -34, 140, 296, -17, 1034,
      41, 47, 75, 938, 53, 468, 468, -4, -17,
    ],
  },
  tekken: {
    margin: { familiarShare: 0.055, unfamiliarShare: 0.131, strangeShare: 0.169, chanceShare: 0.089 },
    perFeature: [
      996, 1058, 1072, 1275, 1374, 22, 26, -9, -32, 30, 58, 1145, -26, -100, 37, -17, 78, 22, 316, 1277, 419,
      796, 26, 223, 15, -20, 34, 36, 86, 1051, 1001, 1942, 2997, -30, -10, 54, 108, 417, 42, 1092, -32, -73,
      234, 1661, 19, 69, 998, -3, -51,
    ],
  },
  open: {
    margin: { familiarShare: 0.168, unfamiliarShare: 0.215, strangeShare: 0.49, chanceShare: 0 },
    perFeature: [
      983, 1117, 1238, 1346, 1200, 11, -8, -46, -43, 32, -234, 1071, 43, -1, 66, -3, 186, -54, 339, 1251,
      1196, 660, -117, 77, 38, -127, -64, 13, 97, 1058, 1082, 1518, 1908, 118, 59, -47, 122, 346, -150, 1013,
      36, 16, 137, 808, 141, 455, 528, -1, -53,
    ],
  },
  any: {
    margin: { familiarShare: 0.243, unfamiliarShare: 0.341, strangeShare: 0.506, chanceShare: 0 },
    perFeature: [
      978, 1298, 1372, 1526, 1175, -3, -57, -80, -66, 62, -337, 1134, 32, 103, 112, 13, 133, -31, 325, 1107,
      630, 749, -156, 106, 28, 25, 3, 112, 181, 1051, 1055, 1410, 1682, 91, 93, -397, 122, 445, -97, 1059, 48,
      -6, 128, 821, 181, 97, 859, 11, -76,
    ],
  },
};
