# What is said of any change.
not-found = Eso no existe aquí, o su rol no permite verlo. Compruebe el identificador o la dirección.
foreign = Este registro es de otro hub ({ $origin }), el único que puede modificarlo. Escriba a las personas responsables de ese hub.
role-needed = Para esto se necesita el rol «{ $role }». Solicítelo a la administración de este hub.
sign-in-first = Inicie sesión primero, o envíe un token en Authorization: Bearer.
conflict = Otra persona lo ha modificado entretanto. Examine las diferencias y guarde de nuevo.
wrong-state = El estado actual no lo permite: { $state }. Compruebe ese estado antes de continuar.
required = Falta este dato. Indíquelo.
invalid = La forma no es correcta: { $why }.
too-long = Es demasiado largo: { $why }.
no-conflict-open = No hay ningún conflicto abierto de este hub. La lista de hubs muestra los que tienen alguno.
