// Written by actions/generate-index.mjs. Do not edit.
import arrayAt from './array/at.ts';
import arrayCount from './array/count.ts';
import arrayTake from './array/take.ts';
import conditionIsArray from './condition/is-array.ts';
import conditionIsBoolean from './condition/is-boolean.ts';
import conditionIsEqualTo from './condition/is-equal-to.ts';
import conditionIsFloat from './condition/is-float.ts';
import conditionIsInteger from './condition/is-integer.ts';
import conditionIsLargerThan from './condition/is-larger-than.ts';
import conditionIsLargerThanOrEqualTo from './condition/is-larger-than-or-equal-to.ts';
import conditionIsLessThan from './condition/is-less-than.ts';
import conditionIsLessThanOrEqualTo from './condition/is-less-than-or-equal-to.ts';
import conditionIsNonEmptyList from './condition/is-non-empty-list.ts';
import conditionIsNonEmptyString from './condition/is-non-empty-string.ts';
import conditionIsNull from './condition/is-null.ts';
import conditionIsNumber from './condition/is-number.ts';
import conditionIsObject from './condition/is-object.ts';
import conditionIsString from './condition/is-string.ts';
import conditionalIf from './conditional/if.ts';
import conditionalSwitch from './conditional/switch.ts';
import conditionalTry from './conditional/try.ts';
import dataJsonDecode from './data/json/decode.ts';
import dataJsonEncode from './data/json/encode.ts';
import dataJsonToXml from './data/json/to-xml.ts';
import fileAppend from './file/append.ts';
import fileDelete from './file/delete.ts';
import fileList from './file/list.ts';
import fileMkdir from './file/mkdir.ts';
import fileRead from './file/read.ts';
import fileWrite from './file/write.ts';
import httpRequest from './http/request.ts';
import iterationFilter from './iteration/filter.ts';
import iterationMap from './iteration/map.ts';
import type { ActionDefinition } from './kit/index.ts';
import mathCalculate from './math/calculate.ts';
import objectGet from './object/get.ts';
import objectMerge from './object/merge.ts';
import objectPut from './object/put.ts';
import scopeBreak from './scope/break.ts';
import scopeRaise from './scope/raise.ts';
import scopeSet from './scope/set.ts';
import serviceOperation from './service/operation.ts';
import stringContains from './string/contains.ts';
import stringDowncase from './string/downcase.ts';
import stringInterpolate from './string/interpolate.ts';
import stringJoin from './string/join.ts';
import stringSplit from './string/split.ts';
import stringSplitByNewline from './string/split-by-newline.ts';
import stringUpcase from './string/upcase.ts';
import systemLog from './system/log.ts';
import threadSleep from './thread/sleep.ts';
import variableSet from './variable/set.ts';

/** The action library, ordered by id. */
export const actions: readonly ActionDefinition[] = [
  arrayAt,
  arrayCount,
  arrayTake,
  conditionIsArray,
  conditionIsBoolean,
  conditionIsEqualTo,
  conditionIsFloat,
  conditionIsInteger,
  conditionIsLargerThan,
  conditionIsLargerThanOrEqualTo,
  conditionIsLessThan,
  conditionIsLessThanOrEqualTo,
  conditionIsNonEmptyList,
  conditionIsNonEmptyString,
  conditionIsNull,
  conditionIsNumber,
  conditionIsObject,
  conditionIsString,
  conditionalIf,
  conditionalSwitch,
  conditionalTry,
  dataJsonDecode,
  dataJsonEncode,
  dataJsonToXml,
  fileAppend,
  fileDelete,
  fileList,
  fileMkdir,
  fileRead,
  fileWrite,
  httpRequest,
  iterationFilter,
  iterationMap,
  mathCalculate,
  objectGet,
  objectMerge,
  objectPut,
  scopeBreak,
  scopeRaise,
  scopeSet,
  serviceOperation,
  stringContains,
  stringDowncase,
  stringInterpolate,
  stringJoin,
  stringSplit,
  stringSplitByNewline,
  stringUpcase,
  systemLog,
  threadSleep,
  variableSet,
];

export const actionById: ReadonlyMap<string, ActionDefinition> = new Map(actions.map((action) => [action.id, action]));
