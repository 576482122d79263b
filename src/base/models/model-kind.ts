import { MODEL_FORMS, type ModelForm, type ModelKind } from '../../contracts/model-forms.ts'
import { PLAYER_KIND_TRAITS } from '../../contracts/traits/player-kinds.ts'

export const MODEL_KINDS = Object.keys(MODEL_FORMS) as ModelKind[]

/** The row of the table behind a kind, with every trait that a form can have. */
export function modelForm(kind: ModelKind): ModelForm {
  return MODEL_FORMS[kind]
}

/** The form of a spec, by what is before its first slash; undefined where there is none. */
export function formOf(spec: string): ModelForm | undefined {
  const [kind = ''] = spec.split('/', 1)
  return Object.hasOwn(MODEL_FORMS, kind) ? modelForm(kind as ModelKind) : undefined
}

/** Whether asking the model behind a spec can cost money. A spec of an unknown form can. */
export function isBilled(spec: string): boolean {
  const form = formOf(spec)
  return form === undefined || PLAYER_KIND_TRAITS[form.playerKind].isBilled
}
